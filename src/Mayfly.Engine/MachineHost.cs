using System.Collections.Concurrent;
using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Booting;
using Mayfly.Engine.Displays;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Watching;

namespace Mayfly.Engine;

/// <summary>The machines of this host: a table by machine id. One operation on a machine at a time, and its destruction before all others.</summary>
internal sealed partial class MachineHost(
    HostRuntimeSource runtime, DataDirectory data, Doctor doctor, MachineWatches watches, HostMeter meter, Attacher attacher, TimeProvider time) : IMachineHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, MachineEntry> _entries = new();
    private readonly Channel<HostMachineNews> _news = Channel.CreateUnbounded<HostMachineNews>();
    private readonly PowerSwitch _power = new(time);
    private readonly ScreenPictures _pictures = new();

    /// <inheritdoc/>
    public IReadOnlyList<HostMachine> Machines => [.. _entries.Values.Select(entry => entry.View).OfType<HostMachine>()];

    /// <inheritdoc/>
    HostMachine? IMachineHost.Find(string machineId) => _entries.GetValueOrDefault(machineId)?.View;

    /// <inheritdoc/>
    public IAsyncEnumerable<HostMachineNews> WatchAsync(CancellationToken cancellationToken) => _news.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes in the machines of an earlier mayflyd: those that run, and those that are kept and off.</summary>
    public void TakeIn(Adoption found)
    {
        foreach (var record in found.Off)
            _entries[record.MachineId] = new MachineEntry(record.MachineId) { Kept = record };
        foreach (var machine in found.Running)
            Watch(_entries[machine.Id] = new MachineEntry(machine.Id), machine);
    }

    /// <inheritdoc/>
    public async Task<Outcome<HostMachine>> ProvisionAsync(ProvisionRequest request, Action<HostMachine>? onProgress, CancellationToken cancellationToken)
    {
        if (ProvisionRequestCheck.Check(request) is { } invalid)
            return invalid;
        var entry = new MachineEntry(request.MachineId);
        using var turn = entry.TryBegin("provision").Value;
        if (!_entries.TryAdd(request.MachineId, entry))
            return new Fault(ErrorCode.AlreadyExists, $"A machine with id {request.MachineId} exists already.");
        // Known from the beginning, so that what a fork stands on is not removed under it.
        entry.Forking = request.Kind == ProvisioningKind.Instant ? request.Image : null;
        var made = false;
        try
        {
            var machine = await MakeReadyAsync(
                entry, request.Hostname, (host, token) => MakeAsync(host, request, running => onProgress?.Invoke(running.View()), token), cancellationToken);
            made = machine.Fault is null;
            return machine;
        }
        finally
        {
            entry.Forking = null;
            // Failed or cancelled: nothing is left, not even the id.
            if (!made)
                _entries.TryRemove(new KeyValuePair<string, MachineEntry>(request.MachineId, entry));
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<HostMachine>> StartAsync(string machineId, Action<HostMachine>? onProgress, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(machineId, out var entry))
            return Unknown(machineId);
        if (!entry.TryBegin("start").TryGet(out var turn, out var busy))
            return busy;
        using (turn)
        {
            if (entry.Kept is not { } record)
                return NotKept(machineId);
            if (entry.Machine is not null)
                return new Fault(ErrorCode.MachineStateWrong, $"{record.Hostname} runs already.");
            try
            {
                return await MakeReadyAsync(entry, record.Hostname, (host, token) => host.Booter.StartAsync(record, Tell, token), cancellationToken);
            }
            finally
            {
                entry.Starting = null;
            }
        }

        void Tell(Machine running)
        {
            entry.Starting = running.View();
            onProgress?.Invoke(entry.Starting);
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<Done>> StopAsync(string machineId, TimeSpan grace)
    {
        if (!_entries.TryGetValue(machineId, out var entry))
            return Unknown(machineId);
        if (!entry.TryBegin("stop").TryGet(out var turn, out var busy))
            return busy;
        using (turn)
        {
            if (entry.Kept is null)
                return NotKept(machineId);
            if (entry.Machine is not { } machine)
                return Done.Yes;
            machine.Leaving = true;
            await entry.EndWatchAsync();
            await _power.TurnOffAsync(machine, grace, entry.Interrupted);
            entry.Machine = null;
            return Done.Yes;
        }
    }

    /// <inheritdoc/>
    public Task<HostUsage> MeasureAsync(CancellationToken cancellationToken) =>
        Task.Run(() => meter.Measure([.. _entries.Values]), cancellationToken);

    /// <inheritdoc/>
    public async Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken)
    {
        var found = Find(machineId);
        return found.Fault is { } fault ? fault : await found.Value.Agent.ExecAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DestroyAsync(string machineId)
    {
        if (!_entries.TryGetValue(machineId, out var entry))
            return;
        using var turn = await entry.BeginDestructionAsync();
        if (entry.Machine is { } machine)
        {
            machine.Leaving = true;
            await RemoveAsync(entry, machine);
        }
        else if (entry.Kept is { } record)
        {
            MachineDirectory.Of(data.Machines, record.Uuid).Remove();
            Forget(entry, machineId, new AddressSlot(record.NetworkSlot));
        }
    }

    /// <inheritdoc/>
    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells) => runtime.Expect(shells);

    /// <inheritdoc/>
    public async Task<Outcome<DoctorReport>> ExamineAsync(CancellationToken cancellationToken) => await doctor.ExamineAsync(cancellationToken);

    /// <summary>True while a machine stands on a warm image: forked from it and running, kept and off, or being forked.</summary>
    public bool Uses(ImageVersion image) => _entries.Values.Any(entry => entry.Forking == image || Forked(entry) == image);

    /// <summary>True while a kept machine stands on a warm image, and needs its very files to start again.</summary>
    public bool Keeps(ImageVersion image) => _entries.Values.Any(entry => entry.Kept is not null && Forked(entry) == image);

    /// <summary>A running machine by its id, or null.</summary>
    internal Machine? Running(string machineId) => _entries.GetValueOrDefault(machineId)?.Machine;

    /// <summary>Ends the watches. Machines go on.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries.Values)
            await entry.EndWatchAsync();
        _pictures.Dispose();
    }

    private static ImageVersion? Forked(MachineEntry entry) => entry switch
    {
        { Machine: { Kind: ProvisioningKind.Instant } machine } => machine.Image,
        { Kept: { Kind: ProvisioningKind.Instant } record } => record.Image,
        _ => null,
    };

    private static Fault Unknown(string machineId) => new(ErrorCode.NotFound, $"There is no machine with id {machineId} on this host.");

    private static Fault NotKept(string machineId) => new(
        ErrorCode.MachineStateWrong, $"The machine {machineId} is not kept.", "It is thrown away when it ends, and can not be turned off and on.");

    private Outcome<Machine> Find(string machineId) => _entries.GetValueOrDefault(machineId) switch
    {
        { Machine: { } machine } => machine,
        { Starting: { } starting } => new Fault(ErrorCode.MachineStateWrong, $"{starting.Hostname} is being started."),
        { Kept: { } record } => new Fault(ErrorCode.MachineStateWrong, $"{record.Hostname} is off.", Remedy: "Start it first."),
        _ => Unknown(machineId),
    };

    private static async Task<Outcome<Machine>> MakeAsync(
        HostRuntime host, ProvisionRequest request, Action<Machine> onProgress, CancellationToken cancellationToken)
    {
        if (request.Kind != ProvisioningKind.Instant)
            return await host.Booter.MakeAsync(request, onProgress, cancellationToken);
        var image = await host.WarmAsync(request.Image, cancellationToken);
        return image.Fault is { } notWarm ? notWarm : await host.Forker.ForkAsync(request, image.Value, onProgress, cancellationToken);
    }

    /// <summary>Runs what makes a machine READY, and lets the machine's destruction interrupt it.</summary>
    private async Task<Outcome<HostMachine>> MakeReadyAsync(
        MachineEntry entry, string hostname, Func<HostRuntime, CancellationToken, Task<Outcome<Machine>>> make, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Interrupted);
        try
        {
            var host = await runtime.GetAsync(either.Token);
            if (host.Fault is { } noHost)
                return noHost;
            var machine = await make(host.Value, either.Token);
            if (machine.Fault is { } fault)
                return fault;
            Watch(entry, machine.Value);
            return machine.Value.View();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Fault(ErrorCode.MachineExited, $"{hostname} was destroyed before it was ready.");
        }
    }

    private void Watch(MachineEntry entry, Machine machine)
    {
        entry.Kept = machine.Kept is null ? null : machine.Record();
        entry.Machine = machine;
        entry.Watch = watches.Start(machine, news => _news.Writer.TryWrite(news));
        _ = ReportExitAsync(entry, machine);
    }

    private async Task ReportExitAsync(MachineEntry entry, Machine machine)
    {
        var exit = await machine.Qemu.Process.Ended;
        if (machine.Leaving)
            return;
        using var turn = await entry.BeginAsync("exit");
        // Whoever had the turn may have seen to it.
        if (entry.Machine != machine)
            return;
        var kept = entry.Kept is not null;
        var cause = DeathCause.Of(machine.Hostname, exit, machine.Qemu.Group, machine.Qemu.Directory.LastWords());
        try
        {
            await (kept ? TurnOffAsync(entry, machine) : RemoveAsync(entry, machine));
        }
        finally
        {
            // Told even if something of it could not be removed: it has ended.
            _news.Writer.TryWrite(new HostMachineExit(machine.Id, cause, kept));
        }
    }

    private static async Task TurnOffAsync(MachineEntry entry, Machine machine)
    {
        await entry.EndWatchAsync();
        await machine.EndAsync();
        entry.Machine = null;
    }

    private async Task RemoveAsync(MachineEntry entry, Machine machine)
    {
        // The watch first: it may be about to make a connection anew.
        await entry.EndWatchAsync();
        await machine.DestroyAsync();
        entry.Machine = null;
        entry.Kept = null;
        Forget(entry, machine.Id, machine.Slot);
    }

    private void Forget(MachineEntry entry, string machineId, AddressSlot slot)
    {
        if (_entries.TryRemove(new KeyValuePair<string, MachineEntry>(machineId, entry)))
            runtime.Slots.Return(slot);
    }
}
