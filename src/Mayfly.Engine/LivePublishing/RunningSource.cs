using Mayfly.Contracts;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hypervisor;
using Mayfly.Qmp;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.LivePublishing;

/// <summary>
/// A running machine that is copied: its memory goes out while its guest goes on; at the end the guest stands still for a moment, in which
/// the last of its memory goes, its disk gets a new layer, and its device state is told. Whatever goes wrong, the guest goes on.
/// </summary>
internal sealed class RunningSource(Machine machine, TimeSpan deadline, TimeProvider time)
{
    // Of the whole pause, what QEMU may plan for the last of the memory. The rest goes to the device state and a few commands.
    private static readonly TimeSpan LastMemory = TimeSpan.FromMilliseconds(150);
    private readonly QmpClient _qmp = machine.Qemu.Qmp;
    private long _stopped;

    /// <summary>Sends it; how long the guest stood still. Faults: PublishFailed.</summary>
    /// <param name="socket">Where the receiver listens at the other end.</param>
    /// <param name="layer">What the guest writes to afterwards.</param>
    /// <param name="cancellationToken">Gives up, until the guest stands still.</param>
    /// <exception cref="QmpException">QEMU does not answer, or failed.</exception>
    public async Task<Outcome<TimeSpan>> SendAsync(SafeFileHandle socket, SourceLayer layer, CancellationToken cancellationToken)
    {
        var goesOn = false;
        try
        {
            if (await SendMemoryAsync(socket, cancellationToken) is { } tooFast)
                return tooFast;
            using var limit = new CancellationTokenSource(QmpDeadlines.Quick, time);
            await layer.StackAsync(limit.Token);
            await _qmp.CompleteMigrationAsync(limit.Token);
            await _qmp.ContinueAfterMigrationAsync(limit.Token);
            goesOn = true;
            return time.GetElapsedTime(_stopped);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Fault(
                ErrorCode.PublishFailed, $"{machine.Hostname} was not copied: the other end did not take the last of its memory.", null, "If this persists, look for what loads this host.");
        }
        finally
        {
            if (!goesOn)
                await GoOnAsync(_qmp, time);
        }
    }

    /// <summary>Null when the guest stands still, with little left to send.</summary>
    private async Task<Fault?> SendMemoryAsync(SafeFileHandle socket, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _qmp.PrepareLiveMigrationAsync(LastMemory, either.Token);
            await _qmp.GetDescriptorAsync(QemuNames.CopyDescriptor, socket, either.Token);
            _ = NoteStopAsync(either.Token);
            await _qmp.MigrateToSwitchoverAsync(QemuNames.CopyDescriptor, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Fault(
                ErrorCode.PublishFailed, $"The memory of {machine.Hostname} could not be copied within {deadline.TotalSeconds:0} s.",
                "Its guest writes to its memory faster than it is copied, or this host is very busy.", "Try again while the machine has less to do.");
        }
    }

    private async Task NoteStopAsync(CancellationToken cancellationToken)
    {
        await ((Task)_qmp.NextEventAsync(happened => happened.Name == "STOP", cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopped = time.GetTimestamp();
    }

    /// <summary>Gives a copy up, and has the guest go on wherever it stood; one that runs, or stands still for another reason, is left as it is.</summary>
    public static async Task GoOnAsync(QmpClient qmp, TimeProvider time)
    {
        try
        {
            using var limit = new CancellationTokenSource(QmpDeadlines.Quick, time);
            await qmp.CancelMigrationAsync(limit.Token);
            if (await qmp.QueryStatusAsync(limit.Token) is "finish-migrate" or "postmigrate")
                await qmp.ContinueAfterMigrationAsync(limit.Token);
        }
        catch (Exception error) when (error is QmpException or OperationCanceledException)
        {
            // Its QEMU is stuck or gone: the machine's watch says so, or its exit.
        }
    }
}
