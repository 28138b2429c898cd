using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;

namespace Mayfly.Engine.Forking;

/// <summary>
/// Steps 3 and 4 of the main path: turns a shell into a machine of its own.
/// Step 3, Fork: take a shell (or start one), load the device state, run.
/// Step 4, ClonePrep: one message to the agent, its answer, the network cable in. The machine is READY.
/// </summary>
internal sealed class Forker(ShellRack rack, ShellFactory factory, ForkGate forks, Preparer preparer, TimeProvider time)
{
    /// <summary>Forks and prepares. On a fault nothing is left. Faults: those of a shell's start and of ClonePrep.</summary>
    /// <param name="request">Who it shall be.</param>
    /// <param name="image">What to fork.</param>
    /// <param name="onRunning">Called once the guest runs.</param>
    /// <param name="cancellationToken">Cancels and removes the clone.</param>
    public async Task<Outcome<Machine>> ForkAsync(ProvisionRequest request, WarmImage image, Action<Machine> onRunning, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        using var underWay = forks.Begin();
        using var trace = new ForkTrace(image.Id);

        // Step 3: Fork.
        // A shell held ready heeds no flushes of its guest: a kept machine gets one of its own.
        var ready = request.Keep ? null : rack.Take(image.Id);
        var outcome = ready is null ? await factory.StartAsync(image, request.Keep, cancellationToken) : ready;
        if (!outcome.TryGet(out var shell, out var noShell))
            return noShell;
        var finished = false;
        try
        {
            if (await RunAsync(shell, cancellationToken) is { } notRunning)
                return notRunning;
            var machine = BecomeMachine(request, shell, new ForkTimeline(ready is not null, Milliseconds(asked), 0));
            onRunning(machine);

            // Step 4: ClonePrep.
            if ((await preparer.PrepareAsync(machine, request.PostSync, request.Keep, cancellationToken)
                ?? await machine.BecomeReadyAsync(Milliseconds(asked), cancellationToken)) is { } notReady)
                return notReady;
            finished = true;
            machine.Trace = trace.Steps;
            shell.Room.Dispose();
            return machine;
        }
        finally
        {
            if (!finished)
                await factory.DiscardAsync(shell);
        }
    }

    private static async Task<Fault?> RunAsync(Shell shell, CancellationToken cancellationToken)
    {
        try
        {
            using var step = ForkTrace.Step("load");
            // The parent was saved running, so a clone runs by itself as soon as it is loaded: one command, no round trip after it.
            var running = shell.Machine.Qmp.NextEventAsync(happened => happened.Name == "RESUME", cancellationToken);
            await shell.Machine.Qmp.MigrateIncomingAsync(QemuNames.StateDescriptor, cancellationToken).WaitAsync(QmpDeadlines.Heavy, cancellationToken);
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

    private static Machine BecomeMachine(ProvisionRequest request, Shell shell, ForkTimeline timeline) => new()
    {
        Id = request.MachineId,
        Hostname = request.Hostname,
        Image = shell.Image.Id,
        Qemu = shell.Machine,
        Uuid = shell.Uuid,
        Shape = shell.Image.Manifest.Shape,
        Agent = shell.Agent,
        Slot = shell.Network,
        Network = shell.Network.ToIdentity(request.Mac ?? IdentityMaker.RandomMac()),
        Timeline = timeline,
        Os = shell.Image.Manifest.Os,
    };

    private double Milliseconds(long since) => time.GetElapsedTime(since).TotalMilliseconds;
}
