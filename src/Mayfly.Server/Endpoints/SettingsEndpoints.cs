using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Settings;
using Mayfly.Server.Auth;
using Mayfly.Server.Caching;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class SettingsEndpoints
{
    public static void MapSettings(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/settings").WithTags("House");
        routes.MapGet("", ReadAsync).Needs(Permission.ViewHouse).WithName("GetSettings").WithSummary("The settings of the house.");
        routes.MapPut("", ChangeAsync).Needs(Permission.ManageHouse).WithMetadata(new HonoursIfMatch()).ProducesProblem(412).WithName("ChangeSettings").WithSummary("Changes them.");
    }

    internal static async Task<Ok<HouseSettings>> ReadAsync(SettingsStore settings, CancellationToken cancellationToken) =>
        TypedResults.Ok(await settings.ReadAsync(cancellationToken));

    internal static async Task<Results<Ok<HouseSettings>, ProblemHttpResult>> ChangeAsync(
        HouseSettings wanted, HttpRequest request, ClaimsPrincipal caller, SettingsStore settings, CancellationToken cancellationToken) =>
        (await settings.ChangeAsync(wanted, caller.Name(), cancellationToken, EntityTags.Expected<HouseSettings>(request))).AsOk();
}
