using Mayfly.Control.Events;
using Microsoft.AspNetCore.Mvc;

namespace Mayfly.Server.Endpoints;

/// <summary>Which events a request asks for.</summary>
internal sealed record EventQuery
{
    [FromQuery(Name = "after")]
    public long? After { get; init; }

    [FromQuery(Name = "before")]
    public long? Before { get; init; }

    [FromQuery(Name = "level")]
    public string? Level { get; init; }

    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "user")]
    public string? User { get; init; }

    [FromQuery(Name = "pool")]
    public string? Pool { get; init; }

    [FromQuery(Name = "machine")]
    public string? Machine { get; init; }

    [FromQuery(Name = "search")]
    public string? Search { get; init; }

    public EventFilter ToFilter() => new() { Level = Level, Kind = Kind, User = User, Pool = Pool, Machine = Machine, Search = Search };
}
