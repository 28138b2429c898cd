using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Engine;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class HostEndpoints
{
    private const int LongestPage = 1000;

    public static void MapHost(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("House");
        routes.MapGet("/doctor", ExamineAsync).WithName("Doctor").WithSummary("What this host can do, with a remedy for each lack.");
        routes.MapGet("/events", EventsAsync).WithName("ListEvents").WithSummary("Events after a number, oldest first; without one, the newest.");
    }

    private static async Task<Ok<DoctorReport>> ExamineAsync(IMachineHost host, CancellationToken cancellationToken) =>
        TypedResults.Ok(await host.ExamineAsync(cancellationToken));

    private static async Task<Results<Ok<IReadOnlyList<EventView>>, ProblemHttpResult>> EventsAsync(
        EventLog events, CancellationToken cancellationToken, long? after = null, int limit = 100) =>
        limit is < 1 or > LongestPage
            ? new Fault(ErrorCode.InvalidRequest, $"The limit is 1 to {LongestPage}, not {limit}.").ToProblem()
            : TypedResults.Ok(await events.ListAsync(after, limit, cancellationToken));
}
