using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Events;

/// <summary>What happened in the house: the newest <see cref="Kept"/> events, in the database.</summary>
public sealed partial class EventLog(HouseDatabase database, TimeProvider time, ILogger<EventLog> logger)
{
    /// <summary>Events kept at least; older ones are removed in portions.</summary>
    public const int Kept = 20_000;

    private const int Portion = 500;
    private const int MessageLimit = 4_000;

    /// <summary>Records an event in a transaction of its own.</summary>
    public Task RecordAsync(HouseEvent happened, CancellationToken cancellationToken) =>
        database.WriteAsync(context => Task.FromResult(Add(context, happened)), cancellationToken);

    /// <summary>Events after a number, oldest first; without one, the newest, newest last.</summary>
    /// <param name="after">Last event already seen, or null.</param>
    /// <param name="limit">Most events to return, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<EventView>> ListAsync(long? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = after is { } seen
            ? await context.Events.AsNoTracking().Where(e => e.Id > seen).OrderBy(e => e.Id).Take(limit).ToListAsync(cancellationToken)
            : await context.Events.AsNoTracking().OrderByDescending(e => e.Id).Take(limit).ToListAsync(cancellationToken);
        if (after is null) rows.Reverse();
        return rows.ConvertAll(row => row.ToView());
    }

    /// <summary>Removes what is beyond <see cref="Kept"/>.</summary>
    public Task TrimAsync(CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        var newest = await context.Events.MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;
        var oldest = await context.Events.MinAsync(e => (long?)e.Id, cancellationToken) ?? 0;
        if (newest - oldest < Kept + Portion) return 0;
        return await context.Events.Where(e => e.Id <= newest - Kept).ExecuteDeleteAsync(cancellationToken);
    }, cancellationToken);

    /// <summary>Records an event together with whatever else the transaction does.</summary>
    internal int Add(MayflyDbContext context, HouseEvent happened)
    {
        var message = happened.Message.Length > MessageLimit ? happened.Message[..MessageLimit] + "…" : happened.Message;
        context.Events.Add(new EventRow
        {
            At = time.GetUtcNow(), Level = happened.Level, Kind = happened.Kind, Message = message,
            Actor = happened.Actor, Pool = happened.Pool, Machine = happened.Machine,
        });
        LogEvent(happened.Kind, message, happened.Actor ?? "mayfly");
        return 1;
    }

    [LoggerMessage(200, LogLevel.Information, "{Kind}: {Message} (by {Actor})")]
    private partial void LogEvent(string kind, string message, string actor);
}
