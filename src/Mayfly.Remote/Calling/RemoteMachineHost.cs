using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>The machines of a host over the network. Beside the faults of each call there is HostUnreachable: then what was asked may have been done.</summary>
internal sealed class RemoteMachineHost(HostWire wire, MachineMirror mirror, HostPatience patience, IAsyncEnumerable<HostMachineNews> news) : IMachineHost
{
    /// <inheritdoc/>
    public IReadOnlyList<HostMachine> Machines => mirror.Machines;

    /// <inheritdoc/>
    public HostMachine? Find(string machineId) => mirror.Find(machineId);

    /// <inheritdoc/>
    public IAsyncEnumerable<HostMachineNews> WatchAsync(CancellationToken cancellationToken) => news;

    /// <inheritdoc/>
    public Task<Outcome<HostMachine>> ProvisionAsync(ProvisionRequest request, Action<HostMachine>? onProgress, CancellationToken cancellationToken) =>
        MakeAsync(MachineCalls.Provision, request, onProgress, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<HostMachine>> StartAsync(string machineId, Action<HostMachine>? onProgress, CancellationToken cancellationToken) =>
        MakeAsync(MachineCalls.Start, new MachineAsked(machineId), onProgress, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> StopAsync(string machineId, TimeSpan grace) => AskAsync(MachineCalls.Stop, new StopAsked(machineId, grace), CancellationToken.None);

    /// <inheritdoc/>
    public Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.Exec, new ExecAsked(machineId, request), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken) => OpenAsync(machineId, "display", cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> HasSoundAsync(string machineId, CancellationToken cancellationToken) =>
        (await AskAsync(MachineCalls.HasSound, new MachineAsked(machineId), cancellationToken)) is { Fault: null, Value: true };

    /// <inheritdoc/>
    public Task<Outcome<Stream>> OpenSoundAsync(string machineId, CancellationToken cancellationToken) => OpenAsync(machineId, "sound", cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<byte[]>> CaptureAsync(string machineId, int width, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.Capture, new CaptureAsked(machineId, width), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> SetScreenAsync(string machineId, int width, int height, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.SetScreen, new ScreenAsked(machineId, width, height), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<AttachResult>> AttachAsync(string machineId, Attachments wanted, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.Attach, new AttachAsked(machineId, wanted), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> ReleaseAsync(string machineId, TimeSpan grace, CancellationToken cancellationToken) =>
        patience.AskAsync(() => AskAsync(MachineCalls.Release, new StopAsked(machineId, grace), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<string>> AwaitLaunchAsync(string machineId, IReadOnlyList<Launcher> launchers, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.AwaitLaunch, new LaunchAsked(machineId, launchers), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<WatchProgramsReport>> WatchProgramsAsync(string machineId, IReadOnlyList<ProgramPart> parts, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.WatchPrograms, new WatchAsked(machineId, parts), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ProgramReport>> AwaitProgramAsync(string machineId, string? ended, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.AwaitProgram, new ProgramAsked(machineId, ended), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(string machineId, EnvironmentRequest request, CancellationToken cancellationToken) =>
        AskAsync(MachineCalls.SetEnvironment, new EnvironmentAsked(machineId, request), cancellationToken);

    /// <summary>
    /// Destroys a machine. A host that does not answer is asked until it does. One of a host that is lost is given up: it is destroyed when the host
    /// is back, as one that nobody knows.
    /// </summary>
    public async Task DestroyAsync(string machineId)
    {
        var destroyed = await patience.AskAsync(() => AskAsync(MachineCalls.Destroy, new MachineAsked(machineId), CancellationToken.None), CancellationToken.None);
        if (destroyed.Fault is null) return;
        if (mirror.Lost is null) throw new IOException(destroyed.Fault.ToString());
        mirror.Forget(machineId);
    }

    /// <summary>Tells which shells are wanted. A host that does not hear it is told again when it is back.</summary>
    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells) =>
        _ = AskAsync(MachineCalls.Expect, [.. shells.Select(wanted => new ShellsAsked(wanted.Key, wanted.Value))], CancellationToken.None);

    /// <summary>What the machines take of the host; nothing known of one that does not answer.</summary>
    public async Task<HostUsage> MeasureAsync(CancellationToken cancellationToken) =>
        (await AskAsync(MachineCalls.Measure, Done.Yes, cancellationToken)).TryGet(out var usage, out _) ? usage : new HostUsage(0, 0, 0, 0, []);

    /// <inheritdoc/>
    public Task<Outcome<DoctorReport>> ExamineAsync(CancellationToken cancellationToken) => AskAsync(MachineCalls.Examine, Done.Yes, cancellationToken);

    private async Task<Outcome<TAnswer>> AskAsync<TRequest, TAnswer>(HostCall<TRequest, TAnswer> call, TRequest request, CancellationToken cancellationToken)
    {
        if (mirror.Lost is { } lost) return lost;
        return await HeardAsync(await wire.AskNumberedAsync(call, request, cancellationToken));
    }

    private async Task<Outcome<HostMachine>> MakeAsync<TRequest>(
        LongHostCall<TRequest, HostMachine, HostMachine> call, TRequest request, Action<HostMachine>? onProgress, CancellationToken cancellationToken)
    {
        if (mirror.Lost is { } lost) return lost;
        return await HeardAsync(await wire.AskNumberedAsync(call, request, onProgress, cancellationToken));
    }

    private Task<Outcome<Stream>> OpenAsync(string machineId, string kind, CancellationToken cancellationToken) =>
        mirror.Lost is { } lost ? Task.FromResult<Outcome<Stream>>(lost) : wire.OpenAsync($"{HostCalls.Screen}/{machineId}/{kind}", cancellationToken);

    private async Task<Outcome<T>> HeardAsync<T>(Outcome<(T Answer, long Sequence)> outcome)
    {
        if (!outcome.TryGet(out var answered, out var fault)) return fault;
        await mirror.ReachAsync(answered.Sequence);
        return answered.Answer;
    }
}
