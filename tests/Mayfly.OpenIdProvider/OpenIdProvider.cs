using System.Net;
using System.Net.Sockets;
using OpenIddict.Server;

namespace Mayfly.OpenIdProvider;

/// <summary>
/// An OpenID Connect provider on a port of its own, built on OpenIddict: authorization code flow, PKCE required, one client, people with
/// passwords. It can be told to misbehave.
/// </summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private WebApplication? _application;

    private OpenIdProvider(ProviderSettings settings) => Settings = settings.Port == 0 ? settings with { Port = FreePort() } : settings;

    /// <summary>How it is set up.</summary>
    public ProviderSettings Settings { get; }

    /// <summary>What it does wrong from now on.</summary>
    public Misbehaviour Misbehaviour { get; set; }

    /// <summary>Its issuer.</summary>
    public Uri Address => new($"{(Settings.Certificate is null ? "http" : "https")}://localhost:{Settings.Port}/");

    internal ProviderKeys Keys { get; private set; } = new();

    /// <summary>Starts one.</summary>
    public static async Task<OpenIdProvider> StartAsync(ProviderSettings? settings = null)
    {
        var provider = new OpenIdProvider(settings ?? new ProviderSettings());
        await provider.ServeAsync();
        return provider;
    }

    /// <summary>Stops it and starts it again at the same address, with other keys.</summary>
    public async Task RollKeysAsync()
    {
        await DisposeAsync();
        Keys = new ProviderKeys();
        await ServeAsync();
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_application is null) return;
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _application = null;
    }

    /// <summary>Ends when the program is told to.</summary>
    internal Task WaitAsync() => _application!.WaitForShutdownAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Settings.Port, listen =>
        {
            if (Settings.Certificate is { } certificate) listen.UseHttps(certificate);
        }));
        builder.Services.AddOpenIddict().AddServer(Configure);
        builder.Services.AddAuthentication();
        _application = builder.Build();
        _application.Use((context, next) => TokenEndpointTrouble.AnswerAsync(context, this, () => next(context)));
        _application.UseAuthentication();
        _application.MapMethods("/connect/authorize", ["GET", "POST"], (Delegate)((HttpContext context) => SignInPage.AnswerAsync(context, Settings)));
        // Where somebody looks for a provider and finds a web site.
        _application.MapGet("/page/{**rest}", () => Results.Content("<html>Welcome</html>", "text/html"));
        await _application.StartAsync();
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode().SetIssuer(Address);
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetUserInfoEndpointUris("connect/userinfo");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes("openid", "profile", "email", "groups");
        server.AddSigningKey(Keys.Signing).AddEncryptionKey(Keys.Encryption);
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        ProviderRules.Add(server, this);
        // After everything else: each part of the library adds the methods it knows.
        if (Settings.SecretMethods is { } methods)
        {
            server.Services.PostConfigure<OpenIddictServerOptions>(options =>
            {
                options.ClientAuthenticationMethods.Clear();
                options.ClientAuthenticationMethods.UnionWith(methods);
            });
        }
    }
}
