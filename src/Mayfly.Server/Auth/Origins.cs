using Mayfly.Contracts;
using Mayfly.Server.Faults;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Auth;

/// <summary>Which pages may speak to mayflyd with a user's cookie: its own, named exactly, and those the options add.</summary>
internal sealed class Origins(ServerOptions options)
{
    /// <summary>True when the request names an accepted origin. A missing one is not accepted.</summary>
    public bool Accepts(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || origin == "null") return false;
        return origin == $"{request.Scheme}://{request.Host.Value}" || options.Origins.Contains(origin);
    }

    /// <summary>Refuses requests that change something, carry a cookie, and come from another page.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var safe = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method);
        var byCookie = (context.User.Identity as CallerIdentity)?.Method == MayflyAuthentication.ByCookie;
        // A sign-in has no cookie yet; a page of somebody else must not sign a browser in either.
        var foreign = context.Request.Headers.Origin.Count > 0 && !Accepts(context.Request) && context.Features.Get<LocalConnection>() is null;
        if (safe || !(foreign || (byCookie && !Accepts(context.Request))))
        {
            await next(context);
            return;
        }

        await FaultResults.WriteAsync(context, new Fault(
            ErrorCode.Forbidden, "The request does not come from Mayfly's own pages.", "Its Origin header is missing or names another site.", "Use Mayfly's console, or an API token."));
    }
}
