using Mayfly.Control.Users;

namespace Mayfly.Server.Auth;

/// <summary>The cookie a browser is signed in with.</summary>
internal static class SignInCookie
{
    /// <summary>Signs the browser in: a new id each time; the one before, if any, is over.</summary>
    public static async Task SetAsync(HttpContext context, string user, SignIns signIns, CancellationToken cancellationToken)
    {
        if (context.User.SignInId() is { } before) await signIns.EndAsync(before, cancellationToken);
        var client = context.Request.Headers.UserAgent.ToString();
        var token = await signIns.BeginAsync(user, context.Connection.RemoteIpAddress?.ToString(), client is "" ? null : client, cancellationToken);
        context.Response.Cookies.Append(MayflyAuthentication.CookieName, token, Options(context));
    }

    /// <summary>Signs it out.</summary>
    public static async Task ClearAsync(HttpContext context, SignIns signIns, CancellationToken cancellationToken)
    {
        if (context.User.SignInId() is { } id) await signIns.EndAsync(id, cancellationToken);
        context.Response.Cookies.Delete(MayflyAuthentication.CookieName, Options(context));
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
