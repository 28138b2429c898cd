using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Control.Leadership;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Standby;

/// <summary>What the active one of several servers does before all else: it refuses what comes when its term is over, and believes those that stand by.</summary>
internal static class TermGuard
{
    private static readonly Fault Stranger = new(
        ErrorCode.NoActiveServer, "The request was passed on by a server that is not known.", "It holds another server for the active one, or is none of this house.", "Try again.");

    public static void UseTermGuard(this WebApplication app)
    {
        var term = app.Services.GetRequiredService<HouseTerm>();
        if (!term.IsShared) return;
        var secret = Encoding.UTF8.GetBytes(term.Secret);
        app.Use((context, next) =>
        {
            if (!term.Holds) return NoActiveServer.WriteAsync(context, HouseTerm.Over);
            if (!context.Request.Headers.TryGetValue(PassedOn.Secret, out var shown)) return next(context);
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown.ToString()), secret)) return NoActiveServer.WriteAsync(context, Stranger);
            Believe(context);
            return next(context);
        });
    }

    /// <summary>Takes what the other server says of the request's origin, and leaves nothing of it in the headers.</summary>
    private static void Believe(HttpContext context)
    {
        var headers = context.Request.Headers;
        context.Connection.RemoteIpAddress = IPAddress.TryParse(headers[PassedOn.For], out var address) ? address : null;
        context.Request.Scheme = headers[PassedOn.Proto] == Uri.UriSchemeHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        // A feature of this request, not of its connection, on which requests of others follow.
        if (headers.ContainsKey(PassedOn.Local)) context.Features.Set(new LocalConnection());
        foreach (var name in PassedOn.All) headers.Remove(name);
    }
}
