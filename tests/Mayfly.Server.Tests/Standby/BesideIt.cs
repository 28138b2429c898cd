using System.Net;
using Mayfly.Control.Leadership;
using Mayfly.Engine.Hosts;
using Mayfly.Server.Hosting;
using Mayfly.Server.Standby;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests.Standby;

/// <summary>A server that stands by, and what it takes for the active one.</summary>
internal sealed class BesideIt : IAsyncDisposable
{
    public const string Secret = "the-secret-of-this-term";

    private readonly TemporaryDirectory _directory = new();
    private readonly StandbyServer _server;

    private BesideIt(Func<ServerOptions, ServerOptions>? change)
    {
        Options = new ServerOptions { Data = new DataDirectory(_directory.Root), Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        Options = change?.Invoke(Options) ?? Options;
        _server = new StandbyServer(Options);
    }

    public ServerOptions Options { get; }

    public Uri Address => new(_server.Addresses.First(url => url.StartsWith("http://127", StringComparison.Ordinal)));

    public string Origin => $"http://{Address.Authority}";

    /// <summary>A term for the active server.</summary>
    public static HouseTerm Term(long epoch = 1) =>
        HouseTerm.Begin(epoch, Secret, TimeProvider.System.GetTimestamp(), new LeaseTimes { Length = TimeSpan.FromHours(1) }, TimeProvider.System);

    public static async Task<BesideIt> StartAsync(Uri? active, Func<ServerOptions, ServerOptions>? change = null)
    {
        var beside = new BesideIt(change);
        await beside._server.StartAsync(default);
        if (active is not null) beside.Follow(active);
        return beside;
    }

    public void Follow(Uri? active, long epoch = 1) => _server.Follow(new ActiveServer(epoch, "active", active, Secret));

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
