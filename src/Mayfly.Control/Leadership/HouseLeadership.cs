using System.Security.Cryptography;
using Mayfly.Control.Storage;
using Mayfly.Control.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mayfly.Control.Leadership;

/// <summary>This server's part in deciding which of several over one PostgreSQL database runs the house.</summary>
public sealed partial class HouseLeadership : IDisposable
{
    // The lease is looked at after its end, not a hair before: a wait of less than a millisecond has no end in Npgsql.
    private static readonly TimeSpan Beyond = TimeSpan.FromMilliseconds(10);

    private readonly PostgresStore _store;
    private readonly ServerIdentity _server;
    private readonly LeaseTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="options">Name the database.</param>
    /// <param name="server">Who this server is.</param>
    /// <param name="times">How long things take.</param>
    /// <param name="time">A clock.</param>
    /// <param name="logging">Where it tells what becomes of the lease.</param>
    public HouseLeadership(ControlOptions options, ServerIdentity server, LeaseTimes times, TimeProvider time, ILoggerFactory logging)
    {
        _store = new PostgresStore(options, HouseTerm.Alone(), time, logging.CreateLogger<PostgresStore>());
        (_server, _times, _time, _logger) = (server, times, time, logging.CreateLogger("Mayfly.Control.Leadership"));
    }

    /// <summary>Waits for the database server and makes ready what is needed there. Comes first.</summary>
    /// <exception cref="StorageException">There is no database that can be used.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _store.ReachAsync(cancellationToken);
        await using var connection = await OpenAsync(cancellationToken);
        await LeaseTable.MakeAsync(connection, cancellationToken);
    }

    /// <summary>Takes the lease if nobody has it.</summary>
    public async Task<HouseTerm?> TryTakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var (active, left) = await LeaseTable.LookAsync(connection, cancellationToken);
        return IsAnothers(active, left) ? null : await TakeAsync(connection, cancellationToken);
    }

    /// <summary>Stands by until the lease is this server's.</summary>
    /// <param name="heard">Called with whoever has it, each time that is looked at; null for nobody.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<HouseTerm> WinAsync(Action<ActiveServer?> heard, CancellationToken cancellationToken)
    {
        for (var fails = false; ; await Task.Delay(_times.Pause, _time, cancellationToken))
        {
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                await PostgresStore.ListenAsync(connection, LeaseTable.Channel, cancellationToken);
                if (fails) LogSeesAgain();
                fails = false;
                return await StandByAsync(connection, heard, cancellationToken);
            }
#pragma warning disable CA1031 // Whatever ends the waiting is told, and it begins anew.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (!fails) LogBlind(Told(exception));
                fails = true;
            }
        }
    }

    /// <summary>Renews the lease until that is no longer wanted, or the term is over. Never throws.</summary>
    public async Task KeepAsync(HouseTerm term, CancellationToken unwanted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(unwanted, term.Ended);
        NpgsqlConnection? connection = null;
        while (!either.IsCancellationRequested)
        {
            var pause = _times.Renewal;
            try
            {
                connection ??= await OpenAsync(either.Token);
                var sentAt = _time.GetTimestamp();
                if (await LeaseTable.RenewAsync(connection, _server, term.Epoch, _times.Length, either.Token)) term.Renew(sentAt);
                else term.End("Another server has taken over.");
            }
#pragma warning disable CA1031 // Whatever it is, it is tried again; the term ends by itself when that is in vain for too long.
            catch (Exception exception) when (!either.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogNotRenewed(Told(exception));
                await DropAsync(connection);
                (connection, pause) = (null, _times.Pause);
            }
            catch (Exception) when (either.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(pause, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DropAsync(connection);
    }

    /// <summary>Gives the lease up, so that another server can take it at once. If that can not be, it ends by itself.</summary>
    public async Task FreeAsync(HouseTerm term)
    {
        try
        {
            await using var connection = await OpenAsync(CancellationToken.None);
            await LeaseTable.FreeAsync(connection, _server, term.Epoch, CancellationToken.None);
        }
#pragma warning disable CA1031 // Others wait for its end then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotFreed(Told(exception));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static string Told(Exception exception) => StorageFaults.Of(exception)?.ToString() ?? exception.Message;

    private static ValueTask DropAsync(NpgsqlConnection? connection) => connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _store.OpenAloneAsync(_times.Attempt, cancellationToken);

    private async Task<HouseTerm> StandByAsync(NpgsqlConnection connection, Action<ActiveServer?> heard, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (active, left) = await LeaseTable.LookAsync(connection, cancellationToken);
            heard(active);
            if (left > _times.Length) await LeaseTable.ShortenAsync(connection, _times.Length, cancellationToken);
            else if (IsAnothers(active, left)) await connection.WaitAsync(left + Beyond, cancellationToken);
            else if (await TakeAsync(connection, cancellationToken) is { } term) return term;
        }
    }

    private bool IsAnothers(ActiveServer? active, TimeSpan left) => left > TimeSpan.Zero && active?.Name != _server.Name;

    private async Task<HouseTerm?> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (sentAt, secret) = (_time.GetTimestamp(), RandomNumberGenerator.GetHexString(64, lowercase: true));
        if (await LeaseTable.TakeAsync(connection, _server, secret, _times.Length, cancellationToken) is not { } epoch) return null;
        return HouseTerm.Begin(epoch, secret, sentAt, _times, _time);
    }

    [LoggerMessage(120, LogLevel.Warning, "Which server is active can not be seen: {Fault}")]
    private partial void LogBlind(string fault);

    [LoggerMessage(121, LogLevel.Information, "Which server is active is seen again")]
    private partial void LogSeesAgain();

    [LoggerMessage(122, LogLevel.Warning, "The lease by which this server runs the house is not renewed yet: {Fault}")]
    private partial void LogNotRenewed(string fault);

    [LoggerMessage(123, LogLevel.Warning, "The lease could not be given up; others wait until it ends: {Fault}")]
    private partial void LogNotFreed(string fault);
}
