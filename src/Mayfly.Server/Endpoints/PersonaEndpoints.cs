using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Personas;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>What is kept of users' settings: for who helps them, and for each user of their own.</summary>
internal static class PersonaEndpoints
{
    public static void MapPersonas(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/personas").WithTags("Personas").ProducesProblem(409);
        routes.MapGet("", ListAsync).Needs(Permission.ViewPersonas).WithName("ListPersonas").WithSummary("Users of whom settings are kept, by name.");
        routes.MapGet("/{user}", FindAsync).Needs(Permission.ViewPersonas).WithName("GetPersona").WithSummary("What is kept of one user, by Flex config, with earlier versions.");
        routes.MapPost("/{user}/{config}/restore", RestoreAsync).Needs(Permission.ManagePersonas).WithName("RestorePersona").WithSummary("Has the next desktop get another version of one Flex config.");
        routes.MapPost("/{user}/{config}/reset", ResetAsync).Needs(Permission.ManagePersonas).WithName("ResetPersona").WithSummary("Has the next desktop get what the image says; what was kept stays as an earlier version.");
        routes.MapDelete("/{user}", RemoveAsync).Needs(Permission.ManagePersonas).WithName("RemovePersona").WithSummary("Removes all that is kept of a user, for good.");

        var own = group.MapGroup("/me/persona").WithTags("Account").ProducesProblem(409);
        own.MapGet("", MineAsync).WithName("GetMyPersona").WithSummary("What is kept of the caller's settings, by Flex config, with earlier versions.");
        own.MapPost("/{config}/restore", RestoreMineAsync).WithName("RestoreMyPersona").WithSummary("Has the caller's next desktop get another version of one Flex config.");
        own.MapPost("/{config}/reset", ResetMineAsync).WithName("ResetMyPersona").WithSummary("Has the caller's next desktop get what the image says.");
    }

    internal static async Task<Results<Ok<Page<PersonaView>>, ProblemHttpResult>> ListAsync(
        PersonaBook personas, CancellationToken cancellationToken, string? search = null, string? after = null, int limit = Paging.Usual) =>
        Paging.Complaint(limit) is { } complaint ? complaint.ToProblem() : TypedResults.Ok(await personas.ListAsync(search, after, limit, cancellationToken));

    internal static async Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> FindAsync(string user, PersonaBook personas, CancellationToken cancellationToken) =>
        (await personas.FindAsync(user, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> RestoreAsync(
        string user, string config, RestorePersonaRequest request, ClaimsPrincipal caller, PersonaDesk desk, CancellationToken cancellationToken) =>
        (await desk.RestoreAsync(user, config, request.Version, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> ResetAsync(
        string user, string config, ClaimsPrincipal caller, PersonaDesk desk, CancellationToken cancellationToken) =>
        (await desk.ResetAsync(user, config, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> RemoveAsync(string user, ClaimsPrincipal caller, PersonaDesk desk, CancellationToken cancellationToken) =>
        (await desk.RemoveAsync(user, caller.Name(), cancellationToken)).AsOk();

    internal static Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> MineAsync(ClaimsPrincipal caller, PersonaBook personas, CancellationToken cancellationToken) =>
        FindAsync(caller.Name(), personas, cancellationToken);

    internal static Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> RestoreMineAsync(
        string config, RestorePersonaRequest request, ClaimsPrincipal caller, PersonaDesk desk, CancellationToken cancellationToken) =>
        RestoreAsync(caller.Name(), config, request, caller, desk, cancellationToken);

    internal static Task<Results<Ok<PersonaDetails>, ProblemHttpResult>> ResetMineAsync(string config, ClaimsPrincipal caller, PersonaDesk desk, CancellationToken cancellationToken) =>
        ResetAsync(caller.Name(), config, caller, desk, cancellationToken);
}
