using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Control.Telemetry;
using Mayfly.Engine;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class HostEndpoints
{
    public static void MapHost(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("House");
        routes.MapGet("/doctor", ExamineAsync).Needs(Permission.ViewHouse).WithName("Doctor").WithSummary("What the server's own host can do, with a remedy for each lack; where that runs no machines, what the hosts can do that do.");
        routes.MapGet("/host/usage", UsageAsync).Needs(Permission.ViewHouse).WithName("HostUsage").WithSummary("Memory and disk of all hosts: what machines share, and what each owns.");
        routes.MapGet("/metrics/history", History).Needs(Permission.ViewHouse).WithName("GetMetricHistory")
            .WithSummary("A number of the house over the last minutes, a point a minute; kept in memory for 24 hours.");
    }

    internal static async Task<Results<Ok<DoctorReport>, ProblemHttpResult>> ExamineAsync(IMachineHost host, CancellationToken cancellationToken) =>
        (await host.ExamineAsync(cancellationToken)).AsOk();

    internal static async Task<Ok<HostUsageView>> UsageAsync(MachineCatalog machines, CancellationToken cancellationToken) =>
        TypedResults.Ok(await machines.UsageAsync(cancellationToken));

    internal static Results<Ok<MetricSeries>, ProblemHttpResult> History(MetricHistory history, TimeProvider time, MetricName name, int minutes = 60)
    {
        if (!Enum.IsDefined(name)) return new Fault(ErrorCode.InvalidRequest, "There is no such number.", null, $"Ask for one of {string.Join(", ", Enum.GetNames<MetricName>())}.").ToProblem();
        if (minutes is < 1 or > MetricHistory.Room) return new Fault(ErrorCode.InvalidRequest, $"The minutes are 1 to {MetricHistory.Room}, not {minutes}.").ToProblem();
        return TypedResults.Ok(history.Read(name, time.GetUtcNow() - TimeSpan.FromMinutes(minutes)));
    }
}
