using System.Net;
using Mayfly.Control.Leadership;
using Mayfly.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Mayfly.Server.Standby;

/// <summary>Makes of a request that has come the one that is passed on, and of the answer to that the answer.</summary>
internal static class ForwardedRequest
{
    private const int SmallBody = 64 * 1024;

    // RFC 9110, 7.6.1: of one connection, not of a request.
    private static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>The request to the active server.</summary>
    /// <param name="context">What came.</param>
    /// <param name="active">Where it goes.</param>
    /// <param name="address">Its address.</param>
    /// <param name="upgrade">The protocol the connection is to change to, or null.</param>
    public static HttpRequestMessage Of(HttpContext context, ActiveServer active, Uri address, string? upgrade)
    {
        var came = context.Request;
        var request = new HttpRequestMessage(new HttpMethod(came.Method), Target(context, address)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && upgrade is null) request.Content = new ForwardedBody(came);
        var dropped = DroppedBy(came.Headers.Connection);
        foreach (var (name, values) in came.Headers)
        {
            if (OfConnection.Contains(name) || dropped.Contains(name) || PassedOn.All.Contains(name, StringComparer.OrdinalIgnoreCase) || name is "Host" or "Expect") continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        request.Headers.Host = came.Host.Value;
        // What is not wanted is refused before it is sent: sent in vain, the answer could not be read any more.
        request.Headers.ExpectContinue = request.Content is not null && came.ContentLength is not <= SmallBody;
        if (upgrade is not null)
        {
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", upgrade);
        }

        SayWhoseItIs(request, context, active);
        return request;
    }

    /// <summary>Copies status and headers of the answer.</summary>
    public static void CopyHead(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        var connection = answer.Headers.NonValidated.TryGetValues("Connection", out var said) ? new StringValues([.. said]) : StringValues.Empty;
        var dropped = DroppedBy(connection);
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!OfConnection.Contains(name) && !dropped.Contains(name)) response.Headers[name] = new StringValues([.. values]);
        }
    }

    private static HashSet<string> DroppedBy(StringValues connection) =>
        connection.SelectMany(value => value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The address as it came, byte for byte: what it means is for the active server to say. It can not name another host.</summary>
    private static Uri Target(HttpContext context, Uri address)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var target = raw.StartsWith('/') ? raw : $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString.ToUriComponent()}";
        return new Uri(address.GetLeftPart(UriPartial.Authority) + (target is "" ? "/" : target), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static void SayWhoseItIs(HttpRequestMessage request, HttpContext context, ActiveServer active)
    {
        request.Headers.TryAddWithoutValidation(PassedOn.Secret, active.Secret);
        request.Headers.TryAddWithoutValidation(PassedOn.Proto, context.Request.Scheme);
        if (context.Connection.RemoteIpAddress is { } browser) request.Headers.TryAddWithoutValidation(PassedOn.For, browser.ToString());
        if (context.Features.Get<LocalConnection>() is not null) request.Headers.TryAddWithoutValidation(PassedOn.Local, "1");
    }
}
