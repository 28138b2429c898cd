using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;

namespace Mayfly.Engine;

/// <summary>
/// One host's machines, as the control plane sees them. The host knows no users and no pools. Steps 3 and 4 of the main path
/// (Fork, ClonePrep) are <see cref="ForkAsync"/>; the end of step 8 (Log off) is <see cref="DestroyAsync"/>.
/// </summary>
public interface IMachineHost
{
    /// <summary>The machines running here now, adopted ones included. A snapshot.</summary>
    IReadOnlyList<HostMachine> Machines { get; }

    /// <summary>Ends of machines that nobody asked for, as they happen, until the token is cancelled.</summary>
    IAsyncEnumerable<HostMachineExit> WatchExitsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Forks a clone and makes it its own machine. On success it is READY and its network is connected;
    /// on a fault, nothing of it is left.
    /// </summary>
    /// <param name="request">What to fork and who it shall be.</param>
    /// <param name="onRunning">Called once the guest's CPUs run and ClonePrep begins; may be null.</param>
    /// <param name="cancellationToken">Cancels and removes the clone.</param>
    Task<Outcome<HostMachine>> ForkAsync(ForkRequest request, Action<HostMachine>? onRunning, CancellationToken cancellationToken);

    /// <summary>Runs a program in a machine. Faults: NotFound, AgentSilent, AgentProtocol, AgentRefused.</summary>
    Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken);

    /// <summary>Opens one display connection: a raw RFB stream, version handshake first, no authentication. Dispose it to close.</summary>
    Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>
    /// Destroys a machine: process, memory, overlay and sockets. Does not stop half way once begun, hence no token.
    /// A machine that does not exist is a success, so that it can be repeated.
    /// </summary>
    Task DestroyAsync(string machineId);

    /// <summary>Says which warm images forks are expected of, and how many shells to hold ready for each; all others are let go.</summary>
    /// <param name="shells">Shells wanted by warm image.</param>
    void Expect(IReadOnlyDictionary<ImageVersion, int> shells);

    /// <summary>Examines what this host can do.</summary>
    Task<DoctorReport> ExamineAsync(CancellationToken cancellationToken);
}

/// <summary>Names one version of one golden image.</summary>
/// <param name="Name">Image name.</param>
/// <param name="Version">Version id.</param>
public readonly record struct ImageVersion(string Name, string Version)
{
    /// <summary>"name@version".</summary>
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>What to fork and who it shall be.</summary>
/// <param name="MachineId">Chosen by the caller, unique for ever: 1 to 64 of a-z, 0-9 and '-'. Asking twice for one id is a fault (AlreadyExists).</param>
/// <param name="Hostname">The guest's host name, one DNS label.</param>
/// <param name="Image">A published version.</param>
/// <param name="PostSync">Program to run last in ClonePrep, or null.</param>
public sealed record ForkRequest(string MachineId, string Hostname, ImageVersion Image, PostSyncScript? PostSync = null);

/// <summary>A machine on this host.</summary>
/// <param name="MachineId">Id from its <see cref="ForkRequest"/>.</param>
/// <param name="Hostname">Its host name.</param>
/// <param name="Image">What it was forked from.</param>
/// <param name="ProcessId">Its QEMU process.</param>
/// <param name="Network">Its network identity, or null without a network card.</param>
/// <param name="Timeline">How long its making took; READY is 0 until it is.</param>
/// <param name="Ready">False until ClonePrep is done.</param>
public sealed record HostMachine(
    string MachineId, string Hostname, ImageVersion Image, int ProcessId, NetworkIdentity? Network, ForkTimeline Timeline, bool Ready);

/// <summary>A machine's QEMU ended by itself: crash, guest power-off, kill from outside.</summary>
/// <param name="MachineId">Which.</param>
/// <param name="Fault">Why, as far as known. The host has removed what was left of it.</param>
public sealed record HostMachineExit(string MachineId, Fault Fault);
