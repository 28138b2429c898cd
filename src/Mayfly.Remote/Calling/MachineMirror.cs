using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>
/// The machines of a host as last heard of. What a server has asked is in it by the time it is answered. While the host is lost, each of its
/// machines is in trouble; what becomes of them is the house's to say.
/// </summary>
internal sealed class MachineMirror(string host)
{
    // More than any host runs.
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly List<HostMachine> _first = [];
    private readonly List<(long Sequence, TaskCompletionSource Reached)> _waiting = [];
    private ConcurrentDictionary<string, HostMachine> _machines = new();
    private long _sequence;
    private bool _whole;

    /// <summary>Why the host is lost, or null.</summary>
    public Fault? Lost { get; set; }

    /// <summary>True while each change is heard of.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_lock) return _whole;
        }
    }

    public IReadOnlyList<HostMachine> Machines => [.. _machines.Values.Select(AsSeen)];

    public HostMachine? Find(string machineId) => _machines.TryGetValue(machineId, out var machine) ? AsSeen(machine) : null;

    /// <summary>What the house believes of the host before anything was heard of it.</summary>
    public void Believe(IEnumerable<HostMachine> machines) =>
        _machines = new ConcurrentDictionary<string, HostMachine>(machines.ToDictionary(machine => machine.MachineId, machine => machine with { Host = host }));

    /// <summary>A machine of a lost host is given up: when the host comes back it is one nobody knows.</summary>
    public void Forget(string machineId) => _machines.TryRemove(machineId, out _);

    /// <summary>Takes in a line of the host.</summary>
    /// <returns>True for the one that ends the machines that were there at the beginning.</returns>
    public bool Take(MachineTold told)
    {
        lock (_lock)
        {
            if (_whole) Change(told);
            else if (told.MachineId is null) Begin(told.Sequence);
            else if (told.Machine is { } machine) _first.Add(_first.Count < Most ? machine : throw new InvalidDataException($"The host tells of more than {Most} machines."));
            _waiting.RemoveAll(waiting => _whole && waiting.Sequence <= _sequence && waiting.Reached.TrySetResult());
            return told.MachineId is null;
        }
    }

    /// <summary>Nothing is heard any more: whoever waits does not wait for that.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _whole = false;
            _first.Clear();
            foreach (var (_, reached) in _waiting) reached.TrySetResult();
            _waiting.Clear();
        }
    }

    /// <summary>Waits until all is heard up to a number, or nothing is heard any more.</summary>
    public Task ReachAsync(long sequence)
    {
        lock (_lock)
        {
            if (!_whole || _sequence >= sequence) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((sequence, reached));
            return reached.Task;
        }
    }

    private void Begin(long sequence)
    {
        Believe(_first);
        _first.Clear();
        (_sequence, _whole) = (sequence, true);
    }

    private void Change(MachineTold told)
    {
        if (told.MachineId is not { } id) return;
        if (told.Machine is { } machine) _machines[id] = machine with { Host = host };
        else _machines.TryRemove(id, out _);
        _sequence = told.Sequence;
    }

    private HostMachine AsSeen(HostMachine machine) => Lost is { } lost ? machine with { Trouble = lost } : machine;
}
