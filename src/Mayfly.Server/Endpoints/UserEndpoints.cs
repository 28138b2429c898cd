using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("Users");
        routes.MapGet("/users", ListAsync).WithName("ListUsers").WithSummary("All users.");
        routes.MapPost("/users", AddAsync).WithName("AddUser").WithSummary("Adds a user; without a password one is made up and returned this once.");
        routes.MapPost("/tokens", MakeTokenAsync).WithName("MakeToken").WithSummary("Makes an API token for a user and returns it this once.");
    }

    private static async Task<Ok<IReadOnlyList<UserView>>> ListAsync(UserDirectory users, CancellationToken cancellationToken) =>
        TypedResults.Ok(await users.ListAsync(cancellationToken));

    private static async Task<Results<Created<UserAdded>, ProblemHttpResult>> AddAsync(
        AddUserRequest request, ClaimsPrincipal caller, UserDirectory users, CancellationToken cancellationToken) =>
        (await users.AddAsync(request, caller.Name(), cancellationToken)).Answer(added => TypedResults.Created((string?)null, added));

    private static async Task<Results<Ok<MadeToken>, ProblemHttpResult>> MakeTokenAsync(
        MakeTokenRequest request, ClaimsPrincipal caller, ApiTokens tokens, CancellationToken cancellationToken) =>
        (await tokens.MakeAsync(request.User, request.Label, caller.Name(), cancellationToken)).Answer(token => TypedResults.Ok(new MadeToken(token)));
}
