namespace Mayfly.Control.Events;

/// <summary>An event to record.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Actor">Who caused it, or null for Mayfly itself.</param>
/// <param name="Pool">Pool concerned, or null.</param>
/// <param name="Machine">Machine name concerned, or null.</param>
/// <param name="Level">"info", "warning" or "error".</param>
public sealed record HouseEvent(
    string Kind, string Message, string? Actor = null, string? Pool = null, string? Machine = null, string Level = "info");
