using Mayfly.Contracts;
using Mayfly.Qmp;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Waiting for a guest that boots.</summary>
internal static class GuestWait
{
    /// <summary>Waits for an answer of the guest, but not beyond the end of its process or of its running. Null when the answer was good.</summary>
    /// <param name="machine">Its process.</param>
    /// <param name="ended">What it means when the process ends, a sentence.</param>
    /// <param name="work">Asks the guest.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<Fault?> WhileAliveAsync<T>(
        this QemuMachine machine, string ended, Func<CancellationToken, Task<Outcome<T>>> work, TimeProvider time, CancellationToken cancellationToken)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopped = machine.Qmp.NextEventAsync(happened => happened.Name == "STOP", life.Token);
        var working = work(life.Token);
        var first = await Task.WhenAny(working, machine.Process.Ended, stopped);
        await life.CancelAsync();
        await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first == working)
            return (await working).Fault;
        cancellationToken.ThrowIfCancellationRequested();
        return first == stopped && stopped.IsCompletedSuccessfully
            ? await machine.StandstillAsync(cancellationToken)
            : await machine.EndAsync(ended, time, cancellationToken);
    }

    private static async Task<Fault> StandstillAsync(this QemuMachine machine, CancellationToken cancellationToken)
    {
        const string What = "The guest stands still.";
        try
        {
            return await machine.Qmp.QueryDiskStatusAsync(cancellationToken) == "nospace"
                ? new Fault(
                    ErrorCode.HostDiskLow, "There was no room for what the guest writes.", $"The disk of {machine.Directory.Path} is full.", "Make room on that disk.")
                : new Fault(ErrorCode.MachineUnresponsive, What, $"QEMU calls its state '{await machine.Qmp.QueryStatusAsync(cancellationToken)}'.");
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, What, error.Message);
        }
    }

    private static async Task<Fault> EndAsync(this QemuMachine machine, string ended, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            // The control connection ends with QEMU, and may be seen to end first.
            var exit = await machine.Process.Ended.WaitAsync(QmpDeadlines.Quick, time, cancellationToken);
            return new Fault(ErrorCode.MachineExited, ended, $"QEMU ended with {exit}. {machine.Directory.LastWords()}".Trim());
        }
        catch (TimeoutException)
        {
            return new Fault(ErrorCode.MachineUnresponsive, "QEMU closed its control connection.", machine.Directory.LastWords());
        }
    }
}
