using Mayfly.Contracts;
using Mayfly.Control.Directories;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.Control.Users;
using Mayfly.Server.Auth;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.SignIn;

/// <summary>Signs browsers in with an OpenID Connect provider: off to it, and back.</summary>
internal sealed class ProviderSignIn(
    ServerOptions options, DirectoryBook directories, OpenIdClient client, SignInAttempts attempts, DirectoryUsers users, SignInDesk desk, SignIns signIns, EventLog events)
{
    public const string CallbackPath = "/api/v1/sign-in/callback";

    private const string CookieName = "mayfly-sign-in";

    /// <summary>Where to send the browser. Faults: NotFound, TooManyRequests, those of the provider.</summary>
    public async Task<Outcome<Uri>> BeginAsync(HttpContext context, string provider, string? to, CancellationToken cancellationToken)
    {
        var found = await FindAsync(provider, cancellationToken);
        if (!found.TryGet(out var settings, out var fault)) return fault;
        var begun = await client.BeginAsync(settings, new Uri(PublicOrigin(context.Request) + CallbackPath), cancellationToken);
        if (!begun.TryGet(out var attempt, out var refused)) return await ToldAsync(provider, refused, cancellationToken);
        if (attempts.Keep(provider, attempt, OwnPage(to)) is not { } browser)
            return new Fault(ErrorCode.TooManyRequests, "Too many sign-ins are under way.", null, "Try again in some minutes.");
        context.Response.Cookies.Append(CookieName, browser, Cookie(context.Request));
        return attempt.AuthorizationUrl;
    }

    /// <summary>Ends what was begun; the browser is signed in. The value is the page to go to. Faults: Unauthenticated, those of the provider.</summary>
    public async Task<Outcome<string>> CompleteAsync(HttpContext context, OpenIdCallback callback, CancellationToken cancellationToken)
    {
        var pending = attempts.Take(callback.State, context.Request.Cookies[CookieName]);
        context.Response.Cookies.Delete(CookieName, Cookie(context.Request));
        if (pending is null) return new Fault(ErrorCode.Unauthenticated, "This sign-in was not begun in this browser, or took too long.", null, "Begin again.");
        var found = await FindAsync(pending.Provider, cancellationToken);
        if (!found.TryGet(out var settings, out var fault)) return fault;
        var vouched = await client.CompleteAsync(settings, pending.Attempt, callback, cancellationToken);
        if (!vouched.TryGet(out var person, out var refused)) return await ToldAsync(pending.Provider, refused, cancellationToken);
        var taken = await users.TakeAsync(pending.Provider, person, cancellationToken);
        if (!taken.TryGet(out var name, out var unwanted)) return unwanted;
        var signedIn = await desk.VouchedAsync(name, cancellationToken);
        if (signedIn.Fault is { } disabled) return disabled;
        await SignInCookie.SetAsync(context, name, signIns, cancellationToken);
        return pending.To;
    }

    private async Task<Outcome<Contracts.Api.OpenIdSettings>> FindAsync(string provider, CancellationToken cancellationToken) =>
        (await directories.FindAsync(provider, cancellationToken))?.OpenId is { } settings ? settings : new Fault(ErrorCode.NotFound, $"There is no provider '{provider}'.");

    /// <summary>Anybody can begin a sign-in and break it off; what is worth an event is a provider that does not do its part.</summary>
    private async Task<Fault> ToldAsync(string provider, Fault fault, CancellationToken cancellationToken)
    {
        if (fault.Code is not ErrorCode.Unauthenticated)
            await events.RecordAsync(new HouseEvent(EventKinds.DirectoryFailed, $"Nobody can sign in with '{provider}'. {fault}", Level: "error"), cancellationToken);
        return fault;
    }

    /// <summary>Behind a proxy the request does not know what the browser sees; the first origin of the options does.</summary>
    private string PublicOrigin(HttpRequest request) => options.Origins is [var first, ..] ? first : $"{request.Scheme}://{request.Host.Value}";

    // A path of this house and nothing that a browser could take for another.
    private static string OwnPage(string? to) =>
        to is ['/', ..] && to.Length <= 500 && !to.Contains('\\', StringComparison.Ordinal) && !to.StartsWith("//", StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : "/";

    // Lax: the browser comes back from another site, and must bring it.
    private static CookieOptions Cookie(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/api/v1/sign-in", IsEssential = true, MaxAge = TimeSpan.FromMinutes(10) };
}
