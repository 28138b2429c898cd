using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Events;

/// <summary>Something that happened, as stored.</summary>
public sealed class EventRow
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Level { get; init; }

    public required string Kind { get; init; }

    public required string Message { get; init; }

    public string? Actor { get; init; }

    public string? Pool { get; init; }

    public string? Machine { get; init; }

    public string? User { get; init; }

    /// <summary>JSON of the thing before it was changed, or null.</summary>
    public string? Before { get; init; }

    /// <summary>JSON of the thing after it was changed, or null.</summary>
    public string? After { get; init; }

    internal EventView ToView() => new(Id, At, Level, Kind, Message, Actor, Pool, Machine) { User = User, Before = Read(Before), After = Read(After) };

    private static JsonElement? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}
