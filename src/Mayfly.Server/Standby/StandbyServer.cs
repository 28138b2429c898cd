using System.Text;
using Mayfly.Control.Leadership;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Standby;

/// <summary>A server that stands by: it listens where it would listen as the active one, and passes on to that.</summary>
internal sealed class StandbyServer : IAsyncDisposable
{
    /// <summary>Where a load balancer asks whether a server is of use.</summary>
    public const string Health = "/healthz";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly Lead _lead = new();

    public StandbyServer(ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddListeners(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        builder.Logging.AddMayfly();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        // What is passed on is broken off, whether it has come to an end or not: whoever asked asks the active server then.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.AddSingleton(_lead).AddSingleton<Forwarder>().AddHttpSurface();
        _app = builder.Build();
        _app.UseTrustedProxies(options);
        var forwarder = _app.Services.GetRequiredService<Forwarder>();
        _app.Run(context => context.Request.Path == Health ? AnswerAsync(context, forwarder) : forwarder.ForwardAsync(context));
    }

    /// <summary>Where it listens.</summary>
    public IEnumerable<string> Addresses => _app.Urls;

    /// <summary>Begins to listen.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <summary>Notes who is active.</summary>
    public void Follow(ActiveServer? active) => _lead.Follow(active);

    /// <summary>Breaks off what is under way and leaves the listeners to others.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _lead.Follow(null);
    }

    private static async Task AnswerAsync(HttpContext context, Forwarder forwarder)
    {
        // Sent by another that takes this server for the active one.
        if (context.Request.Headers.ContainsKey(PassedOn.Secret)) await NoActiveServer.WriteAsync(context, NoActiveServer.Astray);
        else if (await forwarder.ReachesAsync(context.RequestAborted)) await TypedResults.Text("standby").ExecuteAsync(context);
        else await NoActiveServer.WriteAsync(context, NoActiveServer.Unreachable);
    }
}
