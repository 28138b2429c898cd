using System.Net.Sockets;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;

namespace Mayfly.Engine.Booting;

/// <summary>
/// Takes a machine from its plan to READY: (1) start QEMU and pull the network cable; (2) let the guest boot until its agent answers
/// and its network card is there; (3) ClonePrep, which plugs the cable in; (4) wait for the desktop; (5) write the machine down.
/// </summary>
internal sealed class ColdBoot(QemuLauncher launcher, Preparer preparer, EngineOptions options, TimeProvider time)
{
    // An agent may be heard long before the guest has found its network card and given it its name. If there is none to be found,
    // ClonePrep says so.
    private static readonly ExecRequest CardIsThere = new(
        ["sh", "-c", "until ls -d /sys/class/net/*/device; do sleep 1; done; udevadm settle; true"], TimeoutSeconds: 60);

    /// <summary>
    /// Boots. On a fault no process is left; what the machine has on disk is the caller's. Faults: MachineStartFailed, MachineExited,
    /// AgentSilent, AgentProtocol, AgentRefused when no desktop is drawn, ClonePrepFailed, PostSyncFailed, MachineUnresponsive.
    /// </summary>
    /// <param name="plan">What to boot.</param>
    /// <param name="onProgress">Called at each new phase before READY.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public async Task<Outcome<Machine>> RunAsync(BootPlan plan, Action<Machine> onProgress, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var launched = await LaunchAsync(plan, cancellationToken);
        if (!launched.TryGet(out var qemu, out var notStarted))
            return notStarted;
        Machine? machine = null;
        var finished = false;
        try
        {
            machine = await BecomeMachineAsync(plan, qemu, new ForkTimeline(false, Milliseconds(asked), 0), cancellationToken);
            onProgress(machine);
            if (await BootAsync(machine, plan, onProgress, cancellationToken) is { } fault)
                return fault;
            if (await machine.BecomeReadyAsync(Milliseconds(asked), cancellationToken) is { } notWritten)
                return notWritten;
            finished = true;
            return machine;
        }
        catch (Exception error) when (error is QmpException or SocketException or IOException)
        {
            return new Fault(ErrorCode.MachineStartFailed, $"{plan.Hostname} did not start.", plan.Bare.Directory.LastWords() ?? error.Message);
        }
        finally
        {
            if (!finished)
                await (machine?.EndAsync() ?? qemu.EndAsync());
        }
    }

    private async Task<Outcome<QemuMachine>> LaunchAsync(BootPlan plan, CancellationToken cancellationToken)
    {
        // QEMU alone holds its memory: it goes with the process.
        using var memory = GuestMemory.Create(plan.Bare.Shape.MemoryMib * 1024L * 1024L);
        return await launcher.StartInAsync(plan.Bare.Spec(), plan.Bare.Directory, memory, cancellationToken);
    }

    private static async Task<Machine> BecomeMachineAsync(BootPlan plan, QemuMachine qemu, ForkTimeline timeline, CancellationToken cancellationToken)
    {
        await qemu.Qmp.SetLinkAsync(QemuNames.NetworkCard, up: false, cancellationToken);
        await qemu.Qmp.ContinueAsync(cancellationToken);
        return new Machine
        {
            Id = plan.MachineId,
            Hostname = plan.Hostname,
            Image = plan.Bare.Golden.Id,
            Kind = plan.Kind,
            Qemu = qemu,
            Uuid = plan.Bare.Uuid,
            Shape = plan.Bare.Shape,
            Agent = await qemu.ConnectAgentAsync(cancellationToken),
            Slot = plan.Bare.Slot,
            Network = plan.Network,
            Timeline = timeline,
            Kept = plan.Kept,
            Phase = MachinePhase.Booting,
        };
    }

    private async Task<Fault?> BootAsync(Machine machine, BootPlan plan, Action<Machine> onProgress, CancellationToken cancellationToken)
    {
        var ended = $"{plan.Hostname} ended before it was ready.";
        if (await machine.Qemu.WhileAliveAsync(ended, token => machine.Agent.HelloAsync(options.BootDeadline, token), time, cancellationToken) is { } silent)
            return silent;
        machine.Phase = MachinePhase.Customizing;
        onProgress(machine);
        if (await machine.Qemu.WhileAliveAsync(ended, token => machine.Agent.ExecAsync(CardIsThere, token), time, cancellationToken) is { } lost)
            return lost;
        if (await preparer.PrepareAsync(machine, plan.PostSync, plan.Keep, cancellationToken) is { } notPrepared)
            return notPrepared;
        return DesktopOf(plan) is { } desktop
            ? await machine.Qemu.WhileAliveAsync(ended, token => machine.Agent.SettleAsync(desktop, token), time, cancellationToken)
            : null;
    }

    /// <summary>What to wait for: a drawn desktop. It may be busy, since nothing is frozen here. Null for an image without one.</summary>
    private static SettleRequest? DesktopOf(BootPlan plan) =>
        plan.Bare.Golden.Manifest.Settle is { QuietSeconds: > 0 } settle ? settle with { QuietSeconds = 1, BusyPercent = 100 } : null;

    private double Milliseconds(long since) => time.GetElapsedTime(since).TotalMilliseconds;
}
