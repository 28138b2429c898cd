using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/users").WithTags("Users");
        routes.MapGet("", ListAsync).NeedsAnywhere(Permission.ViewUsers).WithName("ListUsers").WithSummary("Users by name, those that match a search.");
        routes.MapPost("", AddAsync).Needs(Permission.ManageUsers).Idempotent().WithName("AddUser").WithSummary("Adds a local user; without a password one is made up and returned this once.");
        routes.MapGet("/{user}", FindAsync).NeedsAnywhere(Permission.ViewUsers).WithName("GetUser").WithSummary("One user.");
        routes.MapPut("/{user}", ChangeAsync).Needs(Permission.ManageUsers).WithName("ChangeUser").WithSummary("Changes a user; one that is disabled loses sign-ins and displays at once.");
        routes.MapDelete("/{user}", RemoveAsync).Needs(Permission.ManageUsers).WithName("RemoveUser").WithSummary("Removes a user who has no machine.");
        routes.MapPut("/{user}/password", SetPasswordAsync).Needs(Permission.ManageUsers).WithName("SetPassword").WithSummary("Sets a local user's password and ends their sign-ins.");
        routes.MapDelete("/{user}/second-factor", RemoveFactorAsync).Needs(Permission.ManageUsers).WithName("RemoveSecondFactor").WithSummary("Removes a user's second factor.");
        routes.MapDelete("/{user}/lock", UnlockAsync).Needs(Permission.SupportUsers).WithName("UnlockUser").WithSummary("Frees a name whose sign-in is paused.");
        routes.MapDelete("/{user}/sign-ins", SignOutAsync).Needs(Permission.SupportUsers).WithName("SignOutUser").WithSummary("Ends all sign-ins of a user; their displays close.");
        MapTokens(group.MapGroup("/tokens").WithTags("Users"));
    }

    private static void MapTokens(RouteGroupBuilder routes)
    {
        routes.MapGet("", TokensAsync).Needs(Permission.ViewUsers).WithName("ListTokens").WithSummary("All API tokens, or those of one user.");
        routes.MapPost("", MakeTokenAsync).RequireRateLimiting(AuthRegistration.LoginLimit).ProducesProblem(429).Idempotent().WithName("MakeToken").WithSummary("Makes an API token and returns it this once; for others it takes the permission ManageUsers.");
        routes.MapDelete("/{id}", RevokeTokenAsync).Needs(Permission.ManageUsers).WithName("RevokeToken").WithSummary("Revokes an API token.");
    }

    internal static async Task<Results<Ok<Page<UserView>>, ProblemHttpResult>> ListAsync(
        UserDirectory users, CancellationToken cancellationToken, string? search = null, string? after = null, int limit = Paging.Usual) =>
        Paging.Complaint(limit) is { } complaint ? complaint.ToProblem() : TypedResults.Ok(await users.ListAsync(search, after, limit, cancellationToken));

    internal static async Task<Results<Created<UserAdded>, ProblemHttpResult>> AddAsync(
        AddUserRequest request, ClaimsPrincipal caller, UserDirectory users, CancellationToken cancellationToken) =>
        (await users.AddAsync(request, caller.Name(), cancellationToken)).Answer(added => TypedResults.Created($"/api/v1/users/{added.User.Name}", added));

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> FindAsync(string user, UserDirectory users, CancellationToken cancellationToken) =>
        (await users.FindAsync(user, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> ChangeAsync(
        string user, ChangeUserRequest request, ClaimsPrincipal caller, UserDirectory users, CancellationToken cancellationToken) =>
        (await users.ChangeAsync(user, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string user, ClaimsPrincipal caller, UserDirectory users, CancellationToken cancellationToken) =>
        (await users.RemoveAsync(user, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<PasswordSet>, ProblemHttpResult>> SetPasswordAsync(
        string user, SetPasswordRequest request, ClaimsPrincipal caller, Passwords passwords, CancellationToken cancellationToken) =>
        (await passwords.SetAsync(user, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveFactorAsync(
        string user, ClaimsPrincipal caller, SecondFactors factors, CancellationToken cancellationToken) =>
        (await factors.RemoveAsync(user, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<NoContent> UnlockAsync(string user, ClaimsPrincipal caller, SignInDesk desk, CancellationToken cancellationToken)
    {
        await desk.UnlockAsync(user, caller.Name(), cancellationToken);
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> SignOutAsync(string user, SignIns signIns, CancellationToken cancellationToken)
    {
        await signIns.EndAllAsync(user, null, cancellationToken);
        return TypedResults.NoContent();
    }

    internal static async Task<Ok<IReadOnlyList<ApiTokenView>>> TokensAsync(ApiTokens tokens, CancellationToken cancellationToken, string? user = null) =>
        TypedResults.Ok(await tokens.ListAsync(user, cancellationToken));

    internal static async Task<Results<Ok<MadeToken>, ProblemHttpResult>> MakeTokenAsync(
        MakeTokenRequest request, ClaimsPrincipal caller, ApiTokens tokens, CancellationToken cancellationToken)
    {
        var user = request.User ?? caller.Name();
        if (user != caller.Name() && !caller.Rights().Allows(Permission.ManageUsers))
            return new Fault(ErrorCode.Forbidden, "You may not make tokens for others.", $"It takes the permission {Permission.ManageUsers}.").ToProblem();
        return (await tokens.MakeAsync(user, request, caller.Name(), cancellationToken)).AsOk();
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeTokenAsync(string id, ClaimsPrincipal caller, ApiTokens tokens, CancellationToken cancellationToken) =>
        (await tokens.RevokeAsync(id, null, caller.Name(), cancellationToken)).AsNoContent();
}
