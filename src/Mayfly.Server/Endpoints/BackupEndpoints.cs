using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Backups;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Endpoints;

/// <summary>Backups of the house.</summary>
internal static class BackupEndpoints
{
    private const string Tar = "application/x-tar";

    public static void MapBackups(this RouteGroupBuilder group) =>
        group.MapGet("/backup", DownloadAsync).Needs(Permission.ManageHouse).WithTags("House").Produces<byte[]>(StatusCodes.Status200OK, Tar).ProducesProblem(503).ProducesProblem(507)
            .WithName("BackUp").WithSummary("The house as a tar archive: the database, personas, packages and volumes. Only one whose last file is contents.json is whole.");

    internal static async Task<IResult> DownloadAsync(
        HttpContext context, ClaimsPrincipal caller, BackupDesk desk, Lifetimes lifetimes, IHostApplicationLifetime house, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await desk.BeginAsync(caller.Name(), cancellationToken)).TryGet(out var backup, out var fault)) return fault.ToProblem();
        context.Response.RegisterForDisposeAsync(backup);
        return TypedResults.Stream(
            async body =>
            {
                using var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, context.RequestAborted);
                await backup.WriteAsync(body, either.Token);
            },
            Tar, $"mayfly-{time.GetUtcNow():yyyyMMdd-HHmmss}.tar");
    }
}
