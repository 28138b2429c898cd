using System.ComponentModel;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;
using Mayfly.Control.Settings;
using Mayfly.Server.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.SignIn;

/// <summary>The sign-in page's questions, and sign-in with a provider. Open to everybody.</summary>
internal static class SignInEndpoints
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services.AddSingleton<SignInAttempts>().AddSingleton<ProviderSignIn>();

    public static void MapSignIn(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/sign-in").WithTags("Account").AllowAnonymous().OpenWithoutSecondFactor();
        routes.MapGet("/ways", WaysAsync).WithName("ListSignInWays").WithSummary("Directories and providers one can sign in with, and the text of the sign-in page.");
        routes.MapGet("/{provider}", BeginAsync).RequireRateLimiting(AuthRegistration.LoginLimit).Produces(StatusCodes.Status302Found).WithName("BeginSignIn").WithSummary("Sends the browser to a provider; it comes back to the page in 'to'.");
        routes.MapGet("/callback", CompleteAsync).RequireRateLimiting(AuthRegistration.LoginLimit).Produces(StatusCodes.Status302Found).WithName("CompleteSignIn").WithSummary("Where a provider sends the browser back to; signed in it goes on to where it wanted.");
    }

    internal static async Task<Ok<SignInWays>> WaysAsync(DirectoryBook directories, SettingsStore settings, CancellationToken cancellationToken)
    {
        var (ldap, providers) = await directories.WaysAsync(cancellationToken);
        return TypedResults.Ok(new SignInWays(ldap, providers, (await settings.ReadAsync(cancellationToken)).SignInText));
    }

    internal static async Task<RedirectHttpResult> BeginAsync(string provider, HttpContext context, ProviderSignIn signIn, CancellationToken cancellationToken,
        [Description("Page of Mayfly's own to go to afterwards.")] string? to = null)
    {
        var begun = await signIn.BeginAsync(context, provider, to, cancellationToken);
        return begun.TryGet(out var address, out var fault) ? TypedResults.Redirect(address.AbsoluteUri) : Failed(fault);
    }

    internal static async Task<RedirectHttpResult> CompleteAsync(
        HttpContext context, ProviderSignIn signIn, CancellationToken cancellationToken,
        string? code = null, [Description("What Mayfly gave the provider, to know the attempt by.")] string? state = null, string? iss = null, string? error = null, string? error_description = null)
    {
        var signedIn = await signIn.CompleteAsync(context, new OpenIdCallback(code, state, iss, error, error_description), cancellationToken);
        return signedIn.TryGet(out var page, out var fault) ? TypedResults.LocalRedirect(page) : Failed(fault);
    }

    // A browser is here, not a program: the sign-in page says what the code means.
    private static RedirectHttpResult Failed(Fault fault) => TypedResults.LocalRedirect($"/?problem={fault.Code}");
}
