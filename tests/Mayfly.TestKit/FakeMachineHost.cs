using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.TestKit;

/// <summary>A host without QEMU: machines are entries in a table. Kept apart from the house, so that the house can crash and come back.</summary>
public sealed class FakeMachineHost : IMachineHost
{
    private readonly ConcurrentDictionary<string, HostMachine> _machines = new();
    private readonly Channel<HostMachineExit> _exits = Channel.CreateUnbounded<HostMachineExit>();
    private int _lastProcess = 1000;
    private int _most;

    /// <summary>Awaited by each fork before it runs; throw or return a fault to fail it.</summary>
    public Func<ForkRequest, CancellationToken, Task<Fault?>> OnFork { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    public Func<string, Task<Stream>> OnDisplay { get; set; } = _ => Task.FromResult<Stream>(new MemoryStream());

    public ConcurrentQueue<string> Destroyed { get; } = new();

    public ConcurrentQueue<ForkRequest> Forked { get; } = new();

    public IReadOnlyDictionary<ImageVersion, int> Expected { get; private set; } = new Dictionary<ImageVersion, int>();

    /// <summary>The most machines there ever were at once.</summary>
    public int Most => _most;

    public IReadOnlyList<HostMachine> Machines => [.. _machines.Values];

    /// <summary>A machine ends by itself.</summary>
    public void Crash(string machineId)
    {
        _machines.TryRemove(machineId, out _);
        _exits.Writer.TryWrite(new HostMachineExit(machineId, new Fault(ErrorCode.MachineExited, "QEMU was killed by signal 9.")));
    }

    /// <summary>A machine vanishes while nobody listens.</summary>
    public void Vanish(string machineId) => _machines.TryRemove(machineId, out _);

    /// <summary>A machine runs that no house knows.</summary>
    public void AddStray(string machineId, bool ready = true) => _machines[machineId] = Make(new ForkRequest(machineId, machineId, new ImageVersion("micro", "v1")), ready);

    public async IAsyncEnumerable<HostMachineExit> WatchExitsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var exit in _exits.Reader.ReadAllAsync(cancellationToken)) yield return exit;
    }

    public async Task<Outcome<HostMachine>> ForkAsync(ForkRequest request, Action<HostMachine>? onRunning, CancellationToken cancellationToken)
    {
        Forked.Enqueue(request);
        if (await OnFork(request, cancellationToken) is { } fault) return fault;
        var machine = Make(request, ready: false);
        if (!_machines.TryAdd(request.MachineId, machine)) return new Fault(ErrorCode.AlreadyExists, "Forked twice.");
        onRunning?.Invoke(machine);
        _machines[request.MachineId] = machine with { Ready = true };
        lock (Destroyed) _most = Math.Max(_most, _machines.Count);
        return machine with { Ready = true };
    }

    public Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<ExecResult>>(new ExecResult(0, string.Join(' ', request.Command), "", false));

    public async Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken) =>
        _machines.ContainsKey(machineId) ? await OnDisplay(machineId) : new Fault(ErrorCode.NotFound, "No such machine.");

    public Task DestroyAsync(string machineId)
    {
        _machines.TryRemove(machineId, out _);
        Destroyed.Enqueue(machineId);
        return Task.CompletedTask;
    }

    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells) => Expected = shells;

    public Task<DoctorReport> ExamineAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new DoctorReport("10.0", "tcg", "a fake", false, []));

    private HostMachine Make(ForkRequest request, bool ready) => new(
        request.MachineId, request.Hostname, request.Image, Interlocked.Increment(ref _lastProcess),
        new NetworkIdentity("52:54:00:00:00:01", "10.64.0.2", 29, "10.64.0.1", ["10.64.0.3"]), new ForkTimeline(true, 5, 200), ready);
}
