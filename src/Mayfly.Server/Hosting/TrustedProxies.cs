using Microsoft.AspNetCore.HttpOverrides;

namespace Mayfly.Server.Hosting;

internal static class TrustedProxies
{
    /// <summary>
    /// Takes the browser's address and scheme from the proxies that the options name, and from nobody else: who could say these
    /// as they like would have any address in the events, and cookies for pages without encryption.
    /// </summary>
    public static void UseTrustedProxies(this WebApplication app, ServerOptions options)
    {
        if (options.Proxies.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // From the nearest on, as long as each is one of those named: what stands before them is the browser's own invention.
            ForwardLimit = null,
        };
        // The framework's own default is this host, where guests' networks end too.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.Proxies) forwarded.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(forwarded);
    }
}
