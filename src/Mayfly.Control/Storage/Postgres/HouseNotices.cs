using Mayfly.Control.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>Hears what other mayflyds of this house write, and says here that something has changed.</summary>
internal sealed partial class HouseNotices(PostgresStore store, HouseChanges changes, TimeProvider time, ILogger<HouseNotices> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = false;
        while (true)
        {
            try
            {
                await using var connection = await store.ListenAsync(stoppingToken);
                if (lost) LogHears();
                lost = false;
                // What was written before it listened was told to nobody here.
                changes.Announce();
                await HearAsync(connection, stoppingToken);
            }
#pragma warning disable CA1031 // Whatever ends the listening is told, and it begins anew; the house goes on in any case.
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (!lost) LogDeaf(StorageFaults.Of(exception)?.ToString() ?? exception.Message);
                lost = true;
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task HearAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        connection.Notification += (_, notice) =>
        {
            if (notice.Payload != store.Instance) changes.Announce();
        };
        while (true) await connection.WaitAsync(cancellationToken);
    }

    [LoggerMessage(111, LogLevel.Warning, "What other servers write is not heard of: {Fault}")]
    private partial void LogDeaf(string fault);

    [LoggerMessage(112, LogLevel.Information, "What other servers write is heard of again")]
    private partial void LogHears();
}
