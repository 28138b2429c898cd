using System.Net.Sockets;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;

namespace Mayfly.Engine.Forking;

/// <summary>
/// Steps 3 and 4 of the main path: turns a shell into a machine of its own.
/// Step 3, Fork: take a shell (or start one), load the device state, run.
/// Step 4, ClonePrep: one message to the agent, its answer, the network cable in. The machine is READY.
/// </summary>
internal sealed class Forker(ShellRack rack, ShellFactory factory, ForkGate forks, IdentityMaker identities, EngineOptions options, TimeProvider time)
{
    /// <summary>Forks and prepares. On a fault nothing is left. Faults: those of a shell's start, MachineExited, AgentSilent, ClonePrepFailed, PostSyncFailed.</summary>
    /// <param name="request">Who it shall be.</param>
    /// <param name="image">What to fork.</param>
    /// <param name="onRunning">Called once the guest runs.</param>
    /// <param name="cancellationToken">Cancels and removes the clone.</param>
    public async Task<Outcome<Machine>> ForkAsync(
        ForkRequest request, WarmImage image, Action<Machine> onRunning, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        using var underWay = forks.Begin();

        // Step 3: Fork.
        var ready = rack.Take(image.Id);
        var outcome = ready is null ? await factory.StartAsync(image, cancellationToken) : ready;
        if (!outcome.TryGet(out var shell, out var noShell))
            return noShell;
        Machine? machine = null;
        var finished = false;
        try
        {
            if (await RunAsync(shell, cancellationToken) is { } notRunning)
                return notRunning;
            if (!(await BecomeMachineAsync(request, shell, new ForkTimeline(ready is not null, Milliseconds(asked), 0), cancellationToken)).TryGet(out machine, out var gone))
                return gone;
            onRunning(machine);

            // Step 4: ClonePrep.
            if (await PrepareAsync(machine, request.PostSync, cancellationToken) is { } notPrepared)
                return notPrepared;
            machine.Timeline = machine.Timeline with { ReadyMs = Milliseconds(asked) };
            await machine.Record().WriteAsync(machine.Qemu.Directory, cancellationToken);
            machine.Ready = finished = true;
            return machine;
        }
        finally
        {
            if (!finished)
                await RemoveAsync(shell, machine);
        }
    }

    /// <summary>Destroys a machine made here and returns its network.</summary>
    public async Task RemoveAsync(Shell shell, Machine? machine)
    {
        if (machine is not null)
            await machine.Agent.DisposeAsync();
        await factory.DiscardAsync(shell);
    }

    private static async Task<Fault?> RunAsync(Shell shell, CancellationToken cancellationToken)
    {
        try
        {
            // The parent was saved running, so a clone runs by itself as soon as it is loaded: one command, no round trip after it.
            var running = shell.Machine.Qmp.NextEventAsync(happened => happened.Name == "RESUME", cancellationToken);
            await shell.Machine.Qmp.MigrateIncomingAsync(QemuNames.StateDescriptor, cancellationToken);
            await running.WaitAsync(QmpDeadlines.Heavy, cancellationToken);
            return null;
        }
        catch (Exception error) when (error is QmpException or TimeoutException)
        {
            return new Fault(
                ErrorCode.MachineStartFailed, $"The clone of {shell.Image.Id} did not run.", shell.Machine.Directory.LastWords() ?? error.Message,
                "If this persists, publish the image again.");
        }
    }

    private static async Task<Outcome<Machine>> BecomeMachineAsync(
        ForkRequest request, Shell shell, ForkTimeline timeline, CancellationToken cancellationToken)
    {
        try
        {
            return new Machine
            {
                Id = request.MachineId,
                Hostname = request.Hostname,
                Image = shell.Image.Id,
                Qemu = shell.Machine,
                Uuid = shell.Uuid,
                Agent = await shell.Machine.ConnectAgentAsync(cancellationToken),
                Slot = shell.Network,
                Network = shell.Network.ToIdentity(IdentityMaker.RandomMac()),
                Timeline = timeline,
            };
        }
        catch (SocketException error)
        {
            return new Fault(
                ErrorCode.MachineExited, $"QEMU of {request.Hostname} ended as soon as it ran.", shell.Machine.Directory.LastWords() ?? error.Message);
        }
    }

    private async Task<Fault?> PrepareAsync(Machine machine, PostSyncScript? postSync, CancellationToken cancellationToken)
    {
        var identity = identities.Make(machine.Hostname, machine.Network, postSync);
        if (await machine.Agent.ClonePrepAsync(identities.AtNow(identity), options.ClonePrepDeadline, cancellationToken) is { Fault: { } fault })
            return fault;
        try
        {
            await machine.Qemu.Qmp.SetLinkAsync(QemuNames.NetworkCard, up: true, cancellationToken);
            return null;
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"The network of {machine.Hostname} could not be connected.", error.Message);
        }
    }

    private double Milliseconds(long since) => time.GetElapsedTime(since).TotalMilliseconds;
}
