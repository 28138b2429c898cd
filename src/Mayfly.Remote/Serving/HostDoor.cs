using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Remote.Trust;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Remote.Serving;

/// <summary>
/// Serves this host's engine to the servers of its house, over HTTP/2 with mutual TLS. Who shows no certificate of a server of the house is
/// answered nothing, but for a host that has not joined yet: there, whoever knows its token's secret can make it join.
/// </summary>
public static partial class HostDoor
{
    private const int MostStreams = 2000;

    // What is larger is sent as a file.
    private const int LongestRequest = 4 * 1024 * 1024;

    /// <summary>Adds what serves. The engine must have been added before.</summary>
    public static IServiceCollection AddHostDoor(this IServiceCollection services, HostIdentity identity, string dataDirectory) => services
        .AddSingleton(identity)
        .AddSingleton(_ => new HostTerms(dataDirectory))
        .AddSingleton(provider => new HostLease(dataDirectory, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<MachineDoor>()
        .AddSingleton<ScreenDoor>()
        .AddSingleton<ImageDoor>()
        .AddSingleton<ShippingDoor>()
        .AddSingleton<FileDoor>()
        .AddSingleton<MachineLedger>()
        .AddHostedService(provider => provider.GetRequiredService<MachineLedger>())
        .AddHostedService<VolumeFence>();

    /// <summary>Makes a listener that of a host: TLS with what the identity shows, and HTTP/2 alone.</summary>
    public static void UseHostTls(this ListenOptions listen, HostIdentity identity)
    {
        var limits = listen.KestrelServerOptions.Limits.Http2;
        (limits.MaxStreamsPerConnection, limits.KeepAlivePingDelay, limits.KeepAlivePingTimeout) = (MostStreams, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        listen.KestrelServerOptions.Limits.MaxRequestBodySize = LongestRequest;
        listen.Protocols = HttpProtocols.Http2;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificate = identity.Shown,
                ClientCertificateRequired = true,
                // Who shows none gets no further than to join: see below.
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null || identity.IsServer(shown as X509Certificate2),
            }),
        });
    }

    /// <summary>Maps all that is answered.</summary>
    public static void UseHostDoor(this WebApplication app)
    {
        app.UseWebSockets();
        app.Use(AdmitAsync);
        app.UseRouting();
        var services = app.Services;
        var ledger = services.GetRequiredService<MachineLedger>();
        var routes = app.MapGroup("/v1");
        MapJoin(routes, ledger, services.GetRequiredService<HostIdentity>(), services.GetRequiredService<HostTerms>(), services.GetRequiredService<ILogger<HostLease>>());
        MapLease(routes, ledger, services);
        services.GetRequiredService<MachineDoor>().Map(routes);
        services.GetRequiredService<ScreenDoor>().Map(routes);
        services.GetRequiredService<ImageDoor>().Map(routes);
        services.GetRequiredService<ShippingDoor>().Map(routes);
        services.GetRequiredService<FileDoor>().Map(routes);
    }

    private static async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/v1/join"))
        {
            await next(context);
            return;
        }

        var services = context.RequestServices;
        var shown = await context.Connection.GetClientCertificateAsync(context.RequestAborted);
        if (!services.GetRequiredService<HostIdentity>().IsServer(shown))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var spoken = long.TryParse(context.Request.Headers[WireHeaders.Term], NumberStyles.None, CultureInfo.InvariantCulture, out var term);
        if (!spoken || services.GetRequiredService<HostTerms>().Enter(term) is not { } over)
        {
            await CallRoutes.WriteFaultAsync(context, new Fault(ErrorCode.TermOver, "Another server of the house is active now.", $"The request is of term {term}."));
            return;
        }

        // What a server has begun is given up when another has taken its place.
        using var end = over.Register(context.Abort);
        // And when this mayflyd stops: what servers hear of for ever would hold it up for longer than it may be silent.
        using var stop = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(context.Abort);
        await next(context);
    }

    private static void MapJoin(IEndpointRouteBuilder routes, MachineLedger ledger, HostIdentity identity, HostTerms terms, ILogger logger)
    {
        routes.Map(ledger, HostCalls.Ask, (asked, _) => Task.FromResult<Outcome<JoinAnswer>>(
            identity.Invited(asked.Secret) ? new JoinAnswer(identity.Ask(), Environment.MachineName) : NotInvited));
        routes.Map(ledger, HostCalls.Join, (given, _) => Task.FromResult(identity.Invited(given.Secret ?? "") ? Take(given) : NotInvited));
        routes.Map(ledger, HostCalls.AskAgain, (_, _) => Task.FromResult<Outcome<JoinAnswer>>(new JoinAnswer(identity.Ask(), Environment.MachineName)));
        routes.Map(ledger, HostCalls.Renew, (given, _) => Task.FromResult(Take(given)));
        routes.Map(ledger, HostCalls.Leave, (_, _) => Task.FromResult(Leave()));

        Outcome<Done> Leave()
        {
            identity.Leave();
            LogLeft(logger);
            return Done.Yes;
        }

        Outcome<Done> Take(JoinGiven given)
        {
            try
            {
                var joins = !identity.Joined;
                // What it was told by a house before is not of this one, whose terms may count from elsewhere.
                if (joins) terms.Forget();
                identity.Join(given.Certificate, given.Authority);
                if (joins) LogJoined(logger, identity.Name!);
                return Done.Yes;
            }
            catch (CryptographicException exception)
            {
                return new Fault(ErrorCode.HostUntrusted, "The certificate given to the host is not one it can take.", exception.Message);
            }
            catch (IOException exception)
            {
                return new Fault(ErrorCode.HostDiskLow, "The host could not keep its certificate.", exception.Message, "Look at the disk of its data directory.");
            }
        }
    }

    private static void MapLease(IEndpointRouteBuilder routes, MachineLedger ledger, IServiceProvider services)
    {
        var (host, identity, lease) = (services.GetRequiredService<IMachineHost>(), services.GetRequiredService<HostIdentity>(), services.GetRequiredService<HostLease>());
        routes.Map(ledger, HostCalls.Lease, async (asked, token) =>
        {
            var usage = await host.MeasureAsync(token);
            return new LeaseAnswer(lease.Renew(asked), identity.Shown.NotAfter, usage.MemoryBytes, usage.AvailableBytes, identity.Trust);
        });
    }

    private static Fault NotInvited => new(
        ErrorCode.HostUntrusted, "The token is not one of this host.", "It is used up, or the host has been started again since.", "Take the token from the host's log as it is now.");

    [LoggerMessage(701, LogLevel.Warning, "This host belongs to no house any more; start it again for a new token")]
    private static partial void LogLeft(ILogger logger);

    [LoggerMessage(700, LogLevel.Information, "This host belongs to a house now, as {Name}")]
    private static partial void LogJoined(ILogger logger, string name);
}
