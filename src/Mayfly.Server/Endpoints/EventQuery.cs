using Mayfly.Control.Events;
using Microsoft.AspNetCore.Mvc;

namespace Mayfly.Server.Endpoints;

/// <summary>Which events a request asks for.</summary>
internal sealed record EventQuery(
    [FromQuery(Name = "after")] long? After, [FromQuery(Name = "before")] long? Before, [FromQuery(Name = "level")] string? Level,
    [FromQuery(Name = "kind")] string? Kind, [FromQuery(Name = "user")] string? User, [FromQuery(Name = "pool")] string? Pool,
    [FromQuery(Name = "machine")] string? Machine, [FromQuery(Name = "search")] string? Search)
{
    public EventFilter ToFilter() => new() { Level = Level, Kind = Kind, User = User, Pool = Pool, Machine = Machine, Search = Search };
}
