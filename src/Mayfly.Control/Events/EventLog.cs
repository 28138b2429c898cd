using System.Globalization;
using System.Runtime.CompilerServices;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Events;

/// <summary>What happened in the house, in the database. How long it is kept says <see cref="EventRetention"/>.</summary>
public sealed partial class EventLog(HouseDatabase database, EventFeed feed, TimeProvider time, ILogger<EventLog> logger)
{
    /// <summary>Most events kept, however young; beyond it the oldest go in portions.</summary>
    public const int Kept = 500_000;

    private const int Portion = 500;
    private const int MessageLimit = 4_000;

    /// <summary>Records an event in a transaction of its own.</summary>
    public Task RecordAsync(HouseEvent happened, CancellationToken cancellationToken) =>
        database.WriteAsync(context => Task.FromResult(Add(context, happened)), cancellationToken);

    /// <summary>
    /// Events in parts. With <paramref name="after"/> those that followed it, oldest first; without, the newest first, and what came before
    /// <paramref name="before"/> when that is given. The next part is asked for with the same one of the two.
    /// </summary>
    /// <param name="scope">Pools whose events are wanted; those of no pool belong to the whole house.</param>
    /// <param name="filter">Which of them are wanted.</param>
    /// <param name="after">Last event already seen, or null.</param>
    /// <param name="before">First event already seen, or null.</param>
    /// <param name="limit">Most events to return.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Page<EventView>> PageAsync(PoolScope scope, EventFilter filter, long? after, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var found = Within(context, scope, filter);
        var total = await found.CountAsync(cancellationToken);
        if (before is { } first) found = found.Where(e => e.Id < first);
        found = after is { } seen ? found.Where(e => e.Id > seen).OrderBy(e => e.Id) : found.OrderByDescending(e => e.Id);
        var rows = await found.Take(limit + 1).ToListAsync(cancellationToken);
        var next = rows.Count > limit ? rows[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<EventView>([.. rows.Take(limit).Select(row => row.ToView())], next, total);
    }

    /// <summary>All events that match, oldest first, read in portions; at most <see cref="Kept"/>.</summary>
    public async IAsyncEnumerable<EventView> ExportAsync(PoolScope scope, EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        for (var told = 0; told < Kept; told += Portion)
        {
            List<EventRow> rows;
            await using (var context = await database.ReadAsync(cancellationToken))
                rows = await Within(context, scope, filter).Where(e => e.Id > last).OrderBy(e => e.Id).Take(Portion).ToListAsync(cancellationToken);
            foreach (var row in rows) yield return row.ToView();
            if (rows.Count < Portion) yield break;
            last = rows[^1].Id;
        }
    }

    /// <summary>Records an event together with whatever else the transaction does.</summary>
    internal int Add(MayflyDbContext context, HouseEvent happened)
    {
        var message = happened.Message.Length > MessageLimit ? happened.Message[..MessageLimit] + "…" : happened.Message;
        var row = new EventRow
        {
            At = time.GetUtcNow(),
            Level = happened.Level,
            Kind = happened.Kind,
            Message = message,
            Actor = happened.Actor,
            Pool = happened.Pool,
            Machine = happened.Machine,
            User = happened.User,
            Before = Write(happened.Before),
            After = Write(happened.After),
        };
        context.Events.Add(row);
        context.AfterCommit.Add(() => feed.Tell(row.ToView()));
        LogEvent(happened.Kind, message, happened.Actor ?? "mayfly");
        return 1;
    }

    private static IQueryable<EventRow> Within(MayflyDbContext context, PoolScope scope, EventFilter filter)
    {
        var all = context.Events.AsNoTracking();
        return filter.Of(scope.Pools is { } pools ? all.Where(e => e.Pool != null && pools.Contains(e.Pool)) : all);
    }

    private static string? Write(object? thing) => thing is null ? null : JsonColumn.Text(thing);

    [LoggerMessage(200, LogLevel.Information, "{Kind}: {Message} (by {Actor})")]
    private partial void LogEvent(string kind, string message, string actor);
}
