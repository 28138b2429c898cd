namespace Mayfly.Control.Events;

/// <summary>An event to record.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Actor">Who caused it, or null for Mayfly itself.</param>
/// <param name="Pool">Pool concerned, or null.</param>
/// <param name="Machine">Machine name concerned, or null.</param>
/// <param name="Level">"info", "warning" or "error".</param>
public sealed record HouseEvent(
    string Kind, string Message, string? Actor = null, string? Pool = null, string? Machine = null, string Level = "info")
{
    /// <summary>User concerned, or null.</summary>
    public string? User { get; init; }

    /// <summary>The record that was changed, as it was, or null. It is shown to whoever may read events: no secrets.</summary>
    public object? Before { get; init; }

    /// <summary>The same as it is now, or null.</summary>
    public object? After { get; init; }
}
