using Mayfly.Contracts;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Engine;

namespace Mayfly.Control.Machines;

/// <summary>
/// One operation at a time for each machine, by name. Whoever asks for the one in progress joins it; whoever asks for another is told
/// which it is. Destroying alone does not wait to be let in: it interrupts.
/// </summary>
public sealed class MachineOperations(BackgroundJobs jobs, PoolQueue queue, HouseChanges changes)
{
    internal const string Provision = "provision";
    internal const string Start = "start";
    internal const string Delete = "delete";
    internal const string Audit = "audit";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>How many machines are being made or started.</summary>
    public int Making
    {
        get
        {
            lock (_lock) return _entries.Values.Count(entry => entry.Name is Provision or Start);
        }
    }

    /// <summary>The operation in progress on a machine, or null.</summary>
    public string? NameOf(string machineId)
    {
        lock (_lock) return _entries.GetValueOrDefault(machineId)?.Name;
    }

    /// <summary>
    /// The operation that keeps another from beginning, or null. What is over in a moment is waited for, so that nobody is refused for it: an
    /// audit, one that made or started the machine, as its row says already, and the destruction of one that nobody used, which finds that somebody does.
    /// </summary>
    internal async Task<string?> InTheWayAsync(MachineRow row)
    {
        while (true)
        {
            Entry? entry;
            lock (_lock) entry = _entries.GetValueOrDefault(row.Id);
            if (entry is null) return null;
            var ends = entry.Name == Audit || (MachineStates.IsSettled(row.State) && (entry.Name is Provision or Start || (entry.Name == Delete && row.User is not null)));
            if (!ends) return entry.Name;
            await ((Task)entry.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The machine as the host shows it while it is made or started, or null.</summary>
    public HostMachine? Progress(string machineId)
    {
        lock (_lock) return _entries.GetValueOrDefault(machineId)?.Progress;
    }

    /// <summary>Ids of the machines the host shows in certain phases while they are made or started.</summary>
    internal IReadOnlyList<string> Showing(Predicate<MachinePhase> phase)
    {
        lock (_lock) return [.. _entries.Where(entry => entry.Value.Progress is { } seen && phase(seen.Phase)).Select(entry => entry.Key)];
    }

    /// <summary>Ids of machines with an operation in progress.</summary>
    internal IReadOnlySet<string> Busy()
    {
        lock (_lock) return _entries.Keys.ToHashSet();
    }

    /// <summary>Begins an operation, after an audit that is at its look, or joins the same one in progress. Faults: Busy, those of the work.</summary>
    internal Task<Outcome<Done>> RunAsync(string machineId, string machine, string name, Func<Scope, Task<Outcome<Done>>> work)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(machineId, out var other)) return Begin(machineId, machine, name, work, Task.CompletedTask).Task;
            if (other.Name == name) return other.Task;
            return other.Name == Audit ? Begin(machineId, machine, name, work, other.Task).Task : Task.FromResult<Outcome<Done>>(BusyWith(machine, other.Name));
        }
    }

    /// <summary>Begins the destruction of a machine, or joins it. Any other operation on it is cancelled and awaited first.</summary>
    internal Task<Outcome<Done>> InterruptAsync(string machineId, string machine, Func<Scope, Task<Outcome<Done>>> work)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(machineId, out var other)) return Begin(machineId, machine, Delete, work, Task.CompletedTask).Task;
            if (other.Name == Delete) return other.Task;
            // Off this thread: what is cancelled may run its callbacks at once, and the lock is held.
            _ = other.Cancellation.CancelAsync();
            return Begin(machineId, machine, Delete, work, other.Task).Task;
        }
    }

    private Entry Begin(string machineId, string machine, string name, Func<Scope, Task<Outcome<Done>>> work, Task before)
    {
        var entry = new Entry(name);
        _entries[machineId] = entry;
        entry.Task = jobs.Start($"{name} {machine}", async stopping =>
        {
            try
            {
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                using var stop = stopping.Register(entry.Cancellation.Cancel);
                var outcome = await work(new Scope(machineId, entry));
                End(machineId, entry, broke: false);
                return outcome;
            }
            catch (OperationCanceledException) when (entry.Cancellation.IsCancellationRequested)
            {
                End(machineId, entry, broke: false);
                return new Fault(ErrorCode.MachineStateWrong, $"{name} of '{machine}' was given up.", "The machine is being destroyed, or mayflyd stops.");
            }
            catch
            {
                End(machineId, entry, broke: true);
                throw;
            }
        });
        return entry;
    }

    private void End(string machineId, Entry entry, bool broke)
    {
        lock (_lock)
        {
            // One that was interrupted has lost its place to the destruction.
            if (_entries.GetValueOrDefault(machineId) == entry) _entries.Remove(machineId);
        }

        // Only now: a look before would still have found the machine busy and the slot taken.
        queue.SlotFreed();
        // What broke, for the database may be full, would break again at once.
        if (broke) queue.Failed(entry.Pool ?? PoolQueue.Everything);
        else if (entry.Pool is { } pool) queue.Wake(pool);
        changes.Announce();
    }

    internal static Fault BusyWith(string machine, string operation) =>
        new(ErrorCode.Busy, $"'{machine}' is busy: {operation} is in progress.", null, "Wait until it has finished.");

    /// <summary>What an operation has while it runs.</summary>
    internal sealed class Scope(string machineId, Entry entry)
    {
        /// <summary>Which machine.</summary>
        public string MachineId => machineId;

        /// <summary>Whose pool is to be looked at when the operation has ended.</summary>
        public string? Pool
        {
            set => entry.Pool = value;
        }

        /// <summary>Cancelled when the machine is to be destroyed, or mayflyd stops.</summary>
        public CancellationToken Token => entry.Cancellation.Token;

        /// <summary>Shows the machine as the host has it now.</summary>
        public void Show(HostMachine machine) => entry.Progress = machine;
    }

    internal sealed class Entry(string name)
    {
        public string Name => name;

        public CancellationTokenSource Cancellation { get; } = new();

        public Task<Outcome<Done>> Task { get; set; } = System.Threading.Tasks.Task.FromResult<Outcome<Done>>(Done.Yes);

        public HostMachine? Progress { get; set; }

        public string? Pool { get; set; }
    }
}
