using System.Collections.Concurrent;
using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Qmp;

namespace Mayfly.Engine;

/// <summary>The machines of this host: a table by machine id, each entry owned by one fork and later by one destroy.</summary>
internal sealed class MachineHost(HostRuntimeSource runtime, Doctor doctor) : IMachineHost
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly Channel<HostMachineExit> _exits = Channel.CreateUnbounded<HostMachineExit>();

    /// <inheritdoc/>
    public IReadOnlyList<HostMachine> Machines => [.. _entries.Values.Select(entry => entry.Machine?.View()).OfType<HostMachine>()];

    /// <inheritdoc/>
    public IAsyncEnumerable<HostMachineExit> WatchExitsAsync(CancellationToken cancellationToken) => _exits.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes in the machines an earlier mayflyd left running.</summary>
    public void TakeIn(IEnumerable<Machine> adopted)
    {
        foreach (var machine in adopted)
            Watch(_entries[machine.Id] = new Entry { Machine = machine }, machine);
    }

    /// <inheritdoc/>
    public async Task<Outcome<HostMachine>> ForkAsync(ForkRequest request, Action<HostMachine>? onRunning, CancellationToken cancellationToken)
    {
        if (ForkRequestCheck.Check(request) is { } invalid)
            return invalid;
        var entry = new Entry();
        if (!_entries.TryAdd(request.MachineId, entry))
            return new Fault(ErrorCode.AlreadyExists, $"A machine with id {request.MachineId} exists already.");
        var made = false;
        try
        {
            var forked = await ForkIntoAsync(entry, request, onRunning, cancellationToken);
            made = forked.Fault is null;
            return forked;
        }
        finally
        {
            // Failed or cancelled: nothing is left, not even the id.
            if (!made)
                _entries.TryRemove(request.MachineId, out _);
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken) =>
        Find(machineId) is { } machine ? await machine.Agent.ExecAsync(request, cancellationToken) : Unknown(machineId);

    /// <inheritdoc/>
    public async Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken)
    {
        if (Find(machineId) is not { } machine)
            return Unknown(machineId);
        try
        {
            return await machine.Qemu.OpenDisplayAsync(cancellationToken);
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"The display of {machine.Hostname} does not open.", error.Message, "Try again, or log off and open a new desktop.");
        }
    }

    /// <inheritdoc/>
    public async Task DestroyAsync(string machineId)
    {
        if (!_entries.TryGetValue(machineId, out var entry))
            return;
        await entry.Forking.CancelAsync();
        await entry.Settled.Task;
        if (entry.Machine is not { } machine)
            return;
        machine.Leaving = true;
        await RemoveAsync(machine);
    }

    /// <inheritdoc/>
    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells) => runtime.Expect(shells);

    /// <inheritdoc/>
    public Task<DoctorReport> ExamineAsync(CancellationToken cancellationToken) => doctor.ExamineAsync(cancellationToken);

    /// <summary>True while a machine stands on an image.</summary>
    public bool Uses(ImageVersion image) => _entries.Values.Any(entry => entry.Image == image || entry.Machine?.Image == image);

    private static Fault Unknown(string machineId) => new(ErrorCode.NotFound, $"There is no machine with id {machineId} on this host.");

    private async Task<Outcome<HostMachine>> ForkIntoAsync(
        Entry entry, ForkRequest request, Action<HostMachine>? onRunning, CancellationToken cancellationToken)
    {
        entry.Image = request.Image;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Forking.Token);
        try
        {
            var host = await runtime.GetAsync(either.Token);
            if (host.Fault is { } noHost)
                return noHost;
            var image = await host.Value.WarmAsync(request.Image, either.Token);
            if (image.Fault is { } notWarm)
                return notWarm;
            var machine = await host.Value.Forker.ForkAsync(request, image.Value, running => onRunning?.Invoke(running.View()), either.Token);
            if (machine.Fault is { } fault)
                return fault;
            Watch(entry, machine.Value);
            return machine.Value.View();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Fault(ErrorCode.MachineExited, $"{request.Hostname} was destroyed before it was ready.");
        }
        finally
        {
            entry.Image = null;
            entry.Settled.TrySetResult();
        }
    }

    private void Watch(Entry entry, Machine machine)
    {
        entry.Machine = machine;
        entry.Settled.TrySetResult();
        _ = ReportExitAsync(machine);
    }

    private async Task ReportExitAsync(Machine machine)
    {
        var exit = await machine.Qemu.Process.Ended;
        if (machine.Leaving)
            return;
        var words = machine.Qemu.Directory.LastWords();
        await RemoveAsync(machine);
        var what = exit.Code == 0 ? $"{machine.Hostname} was shut down or restarted from inside." : $"QEMU of {machine.Hostname} ended by itself ({exit}).";
        _exits.Writer.TryWrite(new HostMachineExit(machine.Id, new Fault(ErrorCode.MachineExited, what, words)));
    }

    private async Task RemoveAsync(Machine machine)
    {
        await machine.DestroyAsync();
        if (_entries.TryRemove(machine.Id, out _))
            runtime.Slots.Return(machine.Slot);
    }

    private Machine? Find(string machineId) => _entries.GetValueOrDefault(machineId)?.Machine;

    /// <summary>A place in the table: first of a fork under way, then of its machine.</summary>
    private sealed class Entry
    {
        public CancellationTokenSource Forking { get; } = new();

        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ImageVersion? Image { get; set; }

        public Machine? Machine { get; set; }
    }
}
