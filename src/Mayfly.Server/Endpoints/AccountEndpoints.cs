using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("Account");
        routes.MapPost("/login", LoginAsync).AllowAnonymous().RequireRateLimiting(AuthRegistration.LoginLimit)
            .WithName("Login").WithSummary("Signs in with a name and a password; the answer sets the session cookie.");
        routes.MapPost("/logout", LogoutAsync).WithName("Logout").WithSummary("Signs out and closes the displays opened with this sign-in.");
        routes.MapGet("/me", Me).WithName("Me").WithSummary("Who the caller is.");
    }

    private static async Task<Results<Ok<UserView>, ProblemHttpResult>> LoginAsync(
        LoginRequest login, HttpContext context, UserDirectory users, SignIns signIns, CancellationToken cancellationToken)
    {
        var outcome = await users.CheckAsync(login, cancellationToken);
        if (!outcome.TryGet(out var user, out var fault)) return fault.ToProblem();
        // A new id at every sign-in; the one before, if any, is over.
        if (context.User.SignInId() is { } before) await signIns.EndAsync(before, cancellationToken);
        var token = await signIns.BeginAsync(user.Name, cancellationToken);
        context.Response.Cookies.Append(MayflyAuthentication.CookieName, token, Cookie(context));
        return TypedResults.Ok(user);
    }

    private static async Task<NoContent> LogoutAsync(HttpContext context, SignIns signIns, CancellationToken cancellationToken)
    {
        if (context.User.SignInId() is { } id) await signIns.EndAsync(id, cancellationToken);
        context.Response.Cookies.Delete(MayflyAuthentication.CookieName, Cookie(context));
        return TypedResults.NoContent();
    }

    private static Ok<UserView> Me(ClaimsPrincipal caller) => TypedResults.Ok(caller.View());

    private static CookieOptions Cookie(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
