using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Settings;
using Mayfly.Control.Users;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>What everybody does with their own account.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("Account").OpenWithoutSecondFactor();
        routes.MapPost("/login", LoginAsync).AllowAnonymous().RequireRateLimiting(AuthRegistration.LoginLimit).AddEndpointFilter<SignInCount>().ProducesProblem(429)
            .WithName("Login").WithSummary("Signs in with a name and a password; the answer sets the session cookie.");
        routes.MapPost("/logout", LogoutAsync).WithName("Logout").WithSummary("Signs out and closes the displays opened with this sign-in.");
        routes.MapGet("/me", Me).WithName("Me").WithSummary("Who the caller is and what they may do.");
        routes.MapPost("/me/password", ChangePasswordAsync).WithName("ChangeMyPassword").WithSummary("Changes the caller's password; their other sign-ins end.");
        routes.MapPost("/me/second-factor", BeginFactorAsync).WithName("BeginSecondFactor").WithSummary("Begins setting up a second factor; it counts once confirmed.");
        routes.MapPut("/me/second-factor", ConfirmFactorAsync).WithName("ConfirmSecondFactor").WithSummary("Confirms it with a code; answers the recovery codes.");
        routes.MapDelete("/me/second-factor", RemoveFactorAsync).WithName("RemoveMySecondFactor").WithSummary("Removes it; a code is wanted in the header Mayfly-Code.");
        routes.MapGet("/me/sign-ins", SignInsAsync).WithName("ListMySignIns").WithSummary("Where the caller is signed in.");
        routes.MapDelete("/me/sign-ins/{id}", EndSignInAsync).WithName("EndMySignIn").WithSummary("Signs out there.");
        routes.MapGet("/me/tokens", TokensAsync).WithName("ListMyTokens").WithSummary("The caller's API tokens.");
        routes.MapDelete("/me/tokens/{id}", RevokeTokenAsync).WithName("RevokeMyToken").WithSummary("Revokes one of them.");
    }

    internal static async Task<Results<Ok<MeView>, ProblemHttpResult>> LoginAsync(
        LoginRequest login, HttpContext context, SignInDesk desk, SignIns signIns, CancellationToken cancellationToken)
    {
        var outcome = await desk.CheckAsync(login, cancellationToken);
        if (!outcome.TryGet(out var user, out var fault)) return fault.ToProblem();
        await SignInCookie.SetAsync(context, user.Name, signIns, cancellationToken);
        return TypedResults.Ok(user.ToView());
    }

    internal static async Task<NoContent> LogoutAsync(HttpContext context, SignIns signIns, CancellationToken cancellationToken)
    {
        await SignInCookie.ClearAsync(context, signIns, cancellationToken);
        return TypedResults.NoContent();
    }

    internal static Ok<MeView> Me(ClaimsPrincipal caller) => TypedResults.Ok(caller.User().ToView());

    internal static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        ChangePasswordRequest request, ClaimsPrincipal caller, Passwords passwords, SettingsStore settings, CancellationToken cancellationToken)
    {
        var free = (await settings.ReadAsync(cancellationToken)).WrongPasswords;
        return (await passwords.ChangeAsync(caller.Name(), request, caller.SignInId(), free, cancellationToken)).AsNoContent();
    }

    internal static async Task<Results<Ok<SecondFactorSetup>, ProblemHttpResult>> BeginFactorAsync(ClaimsPrincipal caller, SecondFactors factors, CancellationToken cancellationToken) =>
        (await factors.BeginAsync(caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> ConfirmFactorAsync(
        SecondFactorCode code, ClaimsPrincipal caller, SecondFactors factors, CancellationToken cancellationToken) =>
        (await factors.ConfirmAsync(caller.Name(), code.Code ?? "", cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveFactorAsync(
        HttpRequest request, ClaimsPrincipal caller, SecondFactors factors, CancellationToken cancellationToken)
    {
        // One set up but not confirmed counts for nothing yet, and goes without a code.
        string code = request.Headers["Mayfly-Code"].ToString();
        if (caller.User().SecondFactor && !await factors.UseAsync(caller.Name(), code, cancellationToken))
            return new Fault(ErrorCode.InvalidRequest, "The code is not right.", null, "Type the six digits your app shows now, or a recovery code.").ToProblem();
        return (await factors.RemoveAsync(caller.Name(), caller.Name(), cancellationToken)).AsNoContent();
    }

    internal static async Task<Ok<IReadOnlyList<SignInView>>> SignInsAsync(ClaimsPrincipal caller, SignIns signIns, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIns.ListAsync(caller.Name(), caller.SignInId(), cancellationToken));

    internal static async Task<Results<NoContent, ProblemHttpResult>> EndSignInAsync(string id, ClaimsPrincipal caller, SignIns signIns, CancellationToken cancellationToken) =>
        (await signIns.EndOneAsync(caller.Name(), id, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Ok<IReadOnlyList<ApiTokenView>>> TokensAsync(ClaimsPrincipal caller, ApiTokens tokens, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tokens.ListAsync(caller.Name(), cancellationToken));

    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeTokenAsync(string id, ClaimsPrincipal caller, ApiTokens tokens, CancellationToken cancellationToken) =>
        (await tokens.RevokeAsync(id, caller.Name(), caller.Name(), cancellationToken)).AsNoContent();
}
