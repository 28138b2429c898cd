using Mayfly.Contracts.Agent;
using Mayfly.Engine.Forking;
using Mayfly.Qmp;

namespace Mayfly.Engine.Booting;

/// <summary>Turns machines off.</summary>
internal sealed class PowerSwitch(TimeProvider time)
{
    private const int PowerOffSeconds = 10;

    /// <summary>Asks the guest to shut down, waits for that, and cuts it off when it takes too long. The process is gone when this returns.</summary>
    /// <param name="machine">Which.</param>
    /// <param name="grace">How long the guest may take; zero asks nothing.</param>
    /// <param name="cut">Cuts it off at once.</param>
    public async Task TurnOffAsync(Machine machine, TimeSpan grace, CancellationToken cut)
    {
        if (grace > TimeSpan.Zero)
            await ShutDownAsync(machine, grace, cut);
        await machine.EndAsync();
    }

    private async Task ShutDownAsync(Machine machine, TimeSpan grace, CancellationToken cut)
    {
        using var limit = new CancellationTokenSource(grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cut);
        // Some guests heed the button, some the agent; one that heeds both shuts down once.
        var asked = Task.WhenAll(PressButtonAsync(machine, either.Token), AskAgentAsync(machine, either.Token));
        try
        {
            await machine.Qemu.Process.Ended.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Its time is up.
        }

        await either.CancelAsync();
        await asked;
    }

    private static async Task PressButtonAsync(Machine machine, CancellationToken cancellationToken)
    {
        try
        {
            await machine.Qemu.Qmp.PowerDownAsync(cancellationToken);
        }
        catch (Exception error) when (error is QmpException or OperationCanceledException)
        {
            // It has ended or is stuck: either shows in its process.
        }
    }

    private static async Task AskAgentAsync(Machine machine, CancellationToken cancellationToken)
    {
        try
        {
            _ = await machine.Agent.ExecAsync(new ExecRequest(["poweroff"], PowerOffSeconds), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The guest is gone or its time is up.
        }
    }
}
