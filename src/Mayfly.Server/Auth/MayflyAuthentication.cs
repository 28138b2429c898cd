using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Mayfly.Contracts;
using Mayfly.Control.Users;
using Mayfly.Server.Faults;
using Mayfly.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Mayfly.Server.Auth;

/// <summary>Says who a request is from: the unix socket is the local administrator; else an API token; else the cookie of a sign-in.</summary>
internal sealed class MayflyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SignIns signIns, ApiTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Mayfly";
    public const string CookieName = "mayfly";
    public const string ByCookie = "cookie";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<LocalConnection>() is not null) return Success(SignedInUser.AtTheHost, "local", null);
        if (AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header))
        {
            var bearer = header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;
            return bearer is not null && await tokens.FindAsync(bearer, Context.RequestAborted) is { } program
                ? Success(program, "token", Secrets.Hash(bearer))
                : AuthenticateResult.Fail("The API token is not known.");
        }

        if (Request.Cookies[CookieName] is not { Length: > 0 and < 200 } cookie) return AuthenticateResult.NoResult();
        return await signIns.FindAsync(cookie, Context.RequestAborted) is var (user, signInId)
            ? Success(user, ByCookie, signInId)
            : AuthenticateResult.Fail("The sign-in is over.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => FaultResults.WriteAsync(
        Context, new Fault(ErrorCode.Unauthenticated, "Nobody is signed in.", null, "Sign in, or give an API token."));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var permission = Context.GetEndpoint()?.Metadata.GetMetadata<PermissionNeeded>()?.Permission;
        var why = permission is null ? null : $"It takes the permission {permission}.";
        return FaultResults.WriteAsync(Context, new Fault(ErrorCode.Forbidden, "You may not do this.", why, "Ask an administrator for a role that has it."));
    }

    private static AuthenticateResult Success(SignedInUser user, string method, string? credentialId) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(user, method, credentialId)), SchemeName));
}
