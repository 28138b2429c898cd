namespace Mayfly.Qmp;

/// <summary>
/// The QMP commands of a migration whose guest goes on until the last of its memory is sent, and goes on here afterwards: for a copy of a
/// running machine. The events tell its progress.
/// </summary>
public static class QmpLiveMigration
{
    // Bytes per second; QEMU's own limit is meant for networks.
    private const long NoLimit = 1L << 40;

    /// <summary>Prepares to send all guest memory, private and shared, and to stand still before the last of it.</summary>
    /// <param name="qmp">The connection.</param>
    /// <param name="standstill">How long sending what is left may take by QEMU's estimate, before it lets the guest stand still.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task PrepareLiveMigrationAsync(this QmpClient qmp, TimeSpan standstill, CancellationToken cancellationToken)
    {
        await qmp.SetMigrationCapabilitiesAsync(ignoreShared: false, pauseBeforeSwitchover: true, cancellationToken);
        var parameters = new Dictionary<string, object> { ["max-bandwidth"] = NoLimit, ["downtime-limit"] = (long)standstill.TotalMilliseconds };
        await qmp.ExecuteAsync("migrate-set-parameters", parameters, QmpDeadlines.Quick, cancellationToken);
    }

    /// <summary>Prepares to take in all guest memory.</summary>
    public static Task PrepareLiveIncomingAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.SetMigrationCapabilitiesAsync(ignoreShared: false, pauseBeforeSwitchover: false, cancellationToken);

    /// <summary>Sends guest memory to a descriptor given before; returns when the guest stands still, its disks written and still its own.</summary>
    /// <exception cref="QmpException">The migration failed; the guest goes on.</exception>
    public static async Task MigrateToSwitchoverAsync(this QmpClient qmp, string descriptorName, CancellationToken cancellationToken)
    {
        var reached = qmp.NextMigrationStatusAsync(["pre-switchover", "failed"], cancellationToken);
        await qmp.ExecuteAsync("migrate", new { uri = $"fd:{descriptorName}" }, QmpDeadlines.Heavy, cancellationToken);
        if (await reached == "failed")
            throw new QmpException(QmpFailure.CommandRefused, "QEMU could not send the guest's memory.");
    }

    /// <summary>Sends what is left. When this returns the guest stands still, and <see cref="ContinueAfterMigrationAsync"/> lets it go on.</summary>
    /// <exception cref="QmpException">The migration failed.</exception>
    public static async Task CompleteMigrationAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        var ended = qmp.NextMigrationStatusAsync(["completed", "failed", "cancelled"], cancellationToken);
        await qmp.ExecuteAsync("migrate-continue", new { state = "pre-switchover" }, QmpDeadlines.Quick, cancellationToken);
        if (await ended != "completed")
            throw new QmpException(QmpFailure.CommandRefused, "QEMU could not send the end of the guest's memory.");
    }

    /// <summary>Lets the guest go on after a migration, whether it was completed or given up.</summary>
    public static async Task ContinueAfterMigrationAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        var ending = true;
        while (true)
        {
            try
            {
                await qmp.ContinueAsync(cancellationToken);
                return;
            }
            catch (QmpException refused) when (refused.Failure == QmpFailure.CommandRefused && ending)
            {
                // QEMU tells that a migration has ended a moment before it lets the guest go on, and tells nothing after that. Once it is seen to
                // have ended, a refusal is one.
                ending = await qmp.QueryStatusAsync(cancellationToken) == "finish-migrate";
            }
        }
    }

    /// <summary>Gives a migration up, if there is one, and waits for its end. The guest goes on by itself, a moment later.</summary>
    public static async Task CancelMigrationAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = qmp.NextMigrationStatusAsync(["completed", "failed", "cancelled"], waiting.Token);
        try
        {
            await qmp.ExecuteAsync("migrate_cancel", null, QmpDeadlines.Quick, cancellationToken);
            var migration = await qmp.ExecuteAsync("query-migrate", null, QmpDeadlines.Quick, cancellationToken);
            if (migration.TryGetProperty("status", out var status) && status.GetString() is not ("none" or "completed" or "failed" or "cancelled"))
                await qmp.WithinAsync(ended, "giving up the migration", QmpDeadlines.Quick, cancellationToken);
        }
        finally
        {
            await waiting.CancelAsync();
            await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Name of the node that a disk reads and writes.</summary>
    public static async Task<string> FindDiskNodeAsync(this QmpClient qmp, string device, CancellationToken cancellationToken)
    {
        var node = await qmp.ExecuteAsync("qom-get", new { path = $"/machine/peripheral/{device}", property = "drive" }, QmpDeadlines.Quick, cancellationToken);
        return node.GetString()!;
    }

    /// <summary>Puts a node on top of another: from now on what the guest writes goes to it, and the one below is only read.</summary>
    public static Task StackNodeAsync(this QmpClient qmp, string below, string top, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("blockdev-snapshot", new { node = below, overlay = top }, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Takes a channel away that no device leads to.</summary>
    public static Task RemoveChannelAsync(this QmpClient qmp, string name, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("chardev-remove", new { id = name }, QmpDeadlines.Quick, cancellationToken);
}
