using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Personas;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Predefined settings.</summary>
internal static class PredefinedEndpoints
{
    public static void MapPredefined(this RouteGroupBuilder group)
    {
        // Who makes somebody's files what others get has read them: it takes more than helping users.
        var routes = group.MapGroup("/predefined-settings").WithTags("Personas").ProducesProblem(507);
        routes.MapGet("", ListAsync).Needs(Permission.ViewPersonas).WithName("ListPredefined").WithSummary("Settings that users begin with, or get in any case.");
        routes.MapPost("", AddAsync).Needs(Permission.ManageHouse).WithName("Predefine").WithSummary("Makes some of a user's kept settings what others begin with, or get in any case.");
        routes.MapDelete("/{id}", RemoveAsync).Needs(Permission.ManageHouse).WithName("RemovePredefined").WithSummary("Removes predefined settings; who has begun with them keeps theirs.");
    }

    internal static async Task<Ok<IReadOnlyList<PredefinedView>>> ListAsync(PredefinedBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(await book.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<PredefinedView>, ProblemHttpResult>> AddAsync(PredefineRequest request, ClaimsPrincipal caller, PredefinedBook book, CancellationToken cancellationToken) =>
        (await book.AddAsync(request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, ClaimsPrincipal caller, PredefinedBook book, CancellationToken cancellationToken) =>
        (await book.RemoveAsync(id, caller.Name(), cancellationToken)).AsNoContent();
}
