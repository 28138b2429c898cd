using Mayfly.Contracts;
using Mayfly.Control.Storage;

namespace Mayfly.Control.Events;

/// <summary>Which events are wanted. What is null does not matter.</summary>
public sealed record EventFilter
{
    /// <summary>"info", "warning" or "error".</summary>
    public string? Level { get; init; }

    /// <summary>A kind, or the beginning of kinds up to a dot: "machine" finds "machine.ready".</summary>
    public string? Kind { get; init; }

    /// <summary>Who is concerned, or who caused it.</summary>
    public string? User { get; init; }

    /// <summary>Pool concerned.</summary>
    public string? Pool { get; init; }

    /// <summary>Machine concerned.</summary>
    public string? Machine { get; init; }

    /// <summary>Part of the message.</summary>
    public string? Search { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    public Fault? Complaint() => Level is null or "info" or "warning" or "error"
        ? null
        : new Fault(ErrorCode.InvalidRequest, "The level is info, warning or error.");

    internal IQueryable<EventRow> Of(IQueryable<EventRow> found)
    {
        if (Level is not null) found = found.Where(e => e.Level == Level);
        if (Kind is not null) found = found.Where(e => e.Kind == Kind || e.Kind.StartsWith(Kind + "."));
        if (User is not null) found = found.Where(e => e.User == User || e.Actor == User);
        if (Pool is not null) found = found.Where(e => e.Pool == Pool);
        if (Machine is not null) found = found.Where(e => e.Machine == Machine);
        if (From is { } from) found = found.Where(e => e.At >= from);
        if (To is { } to) found = found.Where(e => e.At < to);
        if (string.IsNullOrWhiteSpace(Search)) return found;
        var pattern = LikePattern.Containing(Search);
        return found.Where(e => LikePattern.Finds(pattern, e.Message));
    }
}
