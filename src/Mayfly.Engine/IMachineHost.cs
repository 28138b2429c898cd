using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;

namespace Mayfly.Engine;

/// <summary>
/// A host's machines, as the control plane sees them. The host knows no users and no pools. Steps 3 and 4 of the main path
/// (Fork, ClonePrep) are <see cref="ProvisionAsync"/>; the end of step 8 (Log off) is <see cref="DestroyAsync"/>.
/// </summary>
public interface IMachineHost
{
    /// <summary>The machines of this host now, adopted ones and kept ones that are off included. A snapshot.</summary>
    IReadOnlyList<HostMachine> Machines { get; }

    /// <summary>One of them as it is now, or null.</summary>
    HostMachine? Find(string machineId);

    /// <summary>What happens to machines without anybody having asked for it, as it happens, until the token is cancelled. One reader.</summary>
    IAsyncEnumerable<HostMachineNews> WatchAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a machine - forked, or booted from an overlay or a copy - and makes it its own. On success it is READY and its network is
    /// connected; on a fault, nothing of it is left.
    /// </summary>
    /// <param name="request">What to make and who it shall be.</param>
    /// <param name="onProgress">Called at each new phase before READY; may be null.</param>
    /// <param name="cancellationToken">Cancels and removes the machine.</param>
    Task<Outcome<HostMachine>> ProvisionAsync(ProvisionRequest request, Action<HostMachine>? onProgress, CancellationToken cancellationToken);

    /// <summary>
    /// Boots a kept machine that is off from its own disk, with the identity it had. On a fault it is off again.
    /// Faults: NotFound, MachineStateWrong when it runs or is not kept, and those of <see cref="ProvisionAsync"/>.
    /// </summary>
    /// <param name="machineId">Which.</param>
    /// <param name="onProgress">Called at each new phase before READY; may be null.</param>
    /// <param name="cancellationToken">Cancels, and leaves it off.</param>
    Task<Outcome<HostMachine>> StartAsync(string machineId, Action<HostMachine>? onProgress, CancellationToken cancellationToken);

    /// <summary>
    /// Turns a kept machine off and keeps its disk. One that is off already is a success.
    /// Faults: NotFound, MachineStateWrong when it is not kept.
    /// </summary>
    /// <param name="machineId">Which.</param>
    /// <param name="grace">How long the guest may take to shut down by itself; after that, and at zero, it is cut off.</param>
    Task<Outcome<Done>> StopAsync(string machineId, TimeSpan grace);

    /// <summary>Runs a program in a machine. Faults: NotFound, MachineStateWrong when it is off, AgentSilent, AgentProtocol, AgentRefused.</summary>
    Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken);

    /// <summary>Opens one display connection: a raw RFB stream, version handshake first, no authentication. Dispose it to close.</summary>
    Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>True when a machine has a sound card. One that does not answer, or is off, has none.</summary>
    Task<bool> HasSoundAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>
    /// Opens one more display connection, on which sound can be asked for.
    /// Faults: those of <see cref="OpenDisplayAsync"/>, MachineStateWrong when the machine has no sound card.
    /// </summary>
    Task<Outcome<Stream>> OpenSoundAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a picture of a machine's screen as it is now, whether or not somebody watches it.
    /// Faults: NotFound, InvalidRequest, MachineStateWrong when it is off or stands still, MachineUnresponsive.
    /// </summary>
    /// <param name="machineId">Which.</param>
    /// <param name="width">The most pixels in a row, 16 to 1920; the screen is never made larger.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A JPEG file.</returns>
    Task<Outcome<byte[]>> CaptureAsync(string machineId, int width, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a machine's screen another size, 640 by 480 to 4096 by 2304 pixels; the width is rounded down to a multiple of 8. One at a
    /// time. Faults: NotFound, InvalidRequest, MachineStateWrong when it is off, AgentSilent, AgentProtocol, AgentRefused when the guest
    /// has no desktop, too little video memory, or is at another change.
    /// </summary>
    Task<Outcome<Done>> SetScreenAsync(string machineId, int width, int height, CancellationToken cancellationToken);

    /// <summary>
    /// Step 6 of the main path (Attach): gives a machine these packages and this volume, and takes away those it has beside them.
    /// What can not be attached, or not be taken away because a program uses it, is told in the result; the rest is done all the same.
    /// Faults: NotFound, Busy, MachineStateWrong when it is off or its image knows no attaching, AgentSilent, AgentProtocol, AgentRefused, MachineUnresponsive.
    /// </summary>
    Task<Outcome<AttachResult>> AttachAsync(string machineId, Attachments wanted, CancellationToken cancellationToken);

    /// <summary>
    /// The user goes: ends their programs and pulls the volume, whole and at rest. Packages stay. Without a volume only programs are ended.
    /// Faults: those of <see cref="AttachAsync"/>; the volume is pulled even then, as after a loss of power.
    /// </summary>
    /// <param name="machineId">Which.</param>
    /// <param name="grace">How long programs may take to end when asked to, at most a minute.</param>
    /// <param name="cancellationToken">Stops waiting for the guest.</param>
    Task<Outcome<Done>> ReleaseAsync(string machineId, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>
    /// Shows launchers in a machine's menu for packages that are attached when first started, and returns the id of the one that somebody
    /// starts. A new call takes the place of the one before. Faults: NotFound, MachineStateWrong, AgentSilent, AgentProtocol, AgentRefused.
    /// </summary>
    Task<Outcome<string>> AwaitLaunchAsync(string machineId, IReadOnlyList<Launcher> launchers, CancellationToken cancellationToken);

    /// <summary>
    /// Has programs in a machine wait at their start until the part of a persona that belongs to them is ready. What was asked before is no more.
    /// Faults: NotFound, MachineStateWrong, AgentSilent, AgentProtocol; AgentRefused when the machine can not.
    /// </summary>
    Task<Outcome<WatchProgramsReport>> WatchProgramsAsync(string machineId, IReadOnlyList<ProgramPart> parts, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until a program waits for its part, or the last of a part has ended. A new call takes the place of the one before.
    /// Faults: as of <see cref="WatchProgramsAsync"/>.
    /// </summary>
    /// <param name="machineId">Which.</param>
    /// <param name="ended">The part of which an end was told and has been dealt with, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Outcome<ProgramReport>> AwaitProgramAsync(string machineId, string? ended, CancellationToken cancellationToken);

    /// <summary>
    /// Sets up what a house gives a session beside its settings: variables, drives, shortcuts, tasks. What could not be is told in the report.
    /// Faults: NotFound, MachineStateWrong when it is off, AgentSilent, AgentProtocol, AgentRefused.
    /// </summary>
    Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(string machineId, EnvironmentRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Destroys a machine: process, memory, disk and sockets. Does not stop half way once begun, hence no token.
    /// A machine that does not exist is a success, so that it can be repeated.
    /// </summary>
    Task DestroyAsync(string machineId);

    /// <summary>Says which warm images forks are expected of, and how many shells to hold ready for each; all others are let go.</summary>
    /// <param name="shells">Shells wanted by warm image.</param>
    void Expect(IReadOnlyDictionary<ImageVersion, int> shells);

    /// <summary>What the machines take of the host now.</summary>
    Task<HostUsage> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Examines what this host can do. Faults: none of a host that is here.</summary>
    Task<Outcome<DoctorReport>> ExamineAsync(CancellationToken cancellationToken);
}

/// <summary>Names one version of one golden image.</summary>
/// <param name="Name">Image name.</param>
/// <param name="Version">Version id.</param>
public readonly record struct ImageVersion(string Name, string Version)
{
    /// <summary>"name@version".</summary>
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>What to make and who it shall be.</summary>
/// <param name="MachineId">Chosen by the caller, unique for ever: 1 to 64 of a-z, 0-9 and '-'. Asking twice for one id is a fault (AlreadyExists).</param>
/// <param name="Hostname">The guest's host name, one DNS label.</param>
/// <param name="Image">A version; a published one for <see cref="ProvisioningKind.Instant"/>.</param>
/// <param name="PostSync">Program to run last in ClonePrep, or null.</param>
public sealed record ProvisionRequest(string MachineId, string Hostname, ImageVersion Image, PostSyncScript? PostSync = null)
{
    /// <summary>How it is made.</summary>
    public ProvisioningKind Kind { get; init; }

    /// <summary>True keeps its disk and identity when its process ends or the host restarts, until it is destroyed.</summary>
    public bool Keep { get; init; }

    /// <summary>True makes it on the server's own host: what is done to it needs files that are there.</summary>
    public bool Home { get; init; }

    /// <summary>MAC of its network card, or null for a random one.</summary>
    public string? Mac { get; init; }
}

/// <summary>Where a machine is on its host.</summary>
public enum MachinePhase
{
    /// <summary>Its guest boots; its agent has not been heard.</summary>
    Booting,
    /// <summary>It runs, and ClonePrep is making it its own machine.</summary>
    Customizing,
    /// <summary>It is its own machine.</summary>
    Ready,
    /// <summary>It has no process; its disk and identity are kept.</summary>
    Off,
}

/// <summary>A machine on this host.</summary>
/// <param name="MachineId">Id from its <see cref="ProvisionRequest"/>.</param>
/// <param name="Hostname">Its host name.</param>
/// <param name="Image">What it was made of.</param>
/// <param name="ProcessId">Its QEMU process; 0 while it is off.</param>
/// <param name="Network">Its network identity, or null without a network card.</param>
/// <param name="Timeline">How long its making took; READY is 0 until it is.</param>
/// <param name="Phase">Where it is.</param>
public sealed record HostMachine(
    string MachineId, string Hostname, ImageVersion Image, int ProcessId, NetworkIdentity? Network, ForkTimeline Timeline, MachinePhase Phase)
{
    /// <summary>True once ClonePrep is done and while its process lives.</summary>
    public bool Ready => Phase == MachinePhase.Ready;

    /// <summary>Why it does not answer or stands still now, or null.</summary>
    public Fault? Trouble { get; init; }

    /// <summary>What it has attached.</summary>
    public Attachments Attached { get; init; } = Attachments.None;

    /// <summary>Its operating system, such as "debian-13", or null while it is not known.</summary>
    public string? Os { get; init; }

    /// <summary>Id of the host it is on, as the house has it; null for the server's own.</summary>
    public string? Host { get; init; }

    /// <summary>What its fork went through; empty for one that was made by an earlier mayflyd, or booted.</summary>
    public IReadOnlyList<ForkStep> Trace { get; init; } = [];
}

/// <summary>Something that happened to a machine without anybody having asked for it.</summary>
/// <param name="MachineId">Which.</param>
public abstract record HostMachineNews(string MachineId);

/// <summary>A machine's QEMU ended by itself: crash, guest power-off, kill from outside.</summary>
/// <param name="MachineId">Which.</param>
/// <param name="Fault">Why, as far as known.</param>
/// <param name="Kept">True when its disk is kept and it can be started again; otherwise the host has removed what was left of it.</param>
public sealed record HostMachineExit(string MachineId, Fault Fault, bool Kept = false) : HostMachineNews(MachineId);

/// <summary>A machine does not answer, or stands still.</summary>
/// <param name="MachineId">Which.</param>
/// <param name="Fault">MachineUnresponsive, AgentSilent, AgentProtocol or MachineDiskFull, and why.</param>
public sealed record HostMachineTrouble(string MachineId, Fault Fault) : HostMachineNews(MachineId);

/// <summary>A machine that was in trouble answers again.</summary>
/// <param name="MachineId">Which.</param>
public sealed record HostMachineRecovery(string MachineId) : HostMachineNews(MachineId);

/// <summary>What the machines of a host take of it.</summary>
/// <param name="MemoryBytes">Memory of the host.</param>
/// <param name="AvailableBytes">Memory still to be had.</param>
/// <param name="SharedBytes">Memory of warm images that clones share, counted once.</param>
/// <param name="FreeDiskBytes">Free disk space of the data directory.</param>
/// <param name="Machines">Each machine.</param>
public sealed record HostUsage(long MemoryBytes, long AvailableBytes, long SharedBytes, long FreeDiskBytes, IReadOnlyList<MachineUsage> Machines);

/// <summary>What one machine takes of its host.</summary>
/// <param name="MachineId">Which.</param>
/// <param name="PrivateBytes">Memory that is its alone: what is shared with no other machine, and with no file.</param>
/// <param name="DiskBytes">Its own disk writes, or its whole disk when it is a full copy.</param>
public sealed record MachineUsage(string MachineId, long PrivateBytes, long DiskBytes);
