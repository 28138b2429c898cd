using System.Text.Json;

namespace Mayfly.Contracts.Api;

/// <summary>Something that happened.</summary>
/// <param name="Id">Rising number.</param>
/// <param name="At">When.</param>
/// <param name="Level">"info", "warning" or "error".</param>
/// <param name="Kind">Dotted kind, such as "machine.ready".</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Actor">Who caused it, or null for Mayfly itself.</param>
/// <param name="Pool">Pool concerned, or null.</param>
/// <param name="Machine">Machine concerned, or null.</param>
public sealed record EventView(long Id, DateTimeOffset At, string Level, string Kind, string Message, string? Actor, string? Pool, string? Machine)
{
    /// <summary>User concerned, or null.</summary>
    public string? User { get; init; }

    /// <summary>The thing before it was changed, as the API shows it, or null.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>The thing after it was changed, or null when it is gone.</summary>
    public JsonElement? After { get; init; }
}
