using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Serialization;
using Mayfly.Engine;
using Mayfly.Engine.Hosts;
using Mayfly.Server.Hosting;
using Mayfly.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayfly.PortalBench;

/// <summary>A whole mayflyd in this process, on real Kestrel, whose machines are entries in a table and whose displays are an <see cref="EchoPeer"/>.</summary>
internal sealed class EchoHouse : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly WebApplication _app;

    private EchoHouse()
    {
        Peer = new EchoPeer(_directory.Root);
        var options = new ServerOptions
        {
            Data = new DataDirectory(_directory.Root),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ConsoleDirectory = _directory.Root + "/none",
        };
        _app = Server.Program.Build(options, services => services
            .AddSingleton<IMachineHost>(new FakeMachineHost { OnDisplay = _ => Peer.ConnectAsync() }).AddSingleton<IImageLibrary>(new FakeImageLibrary())
            .AddSingleton(TimeProvider.System).AddLogging(logging => logging.ClearProviders()));
    }

    public EchoPeer Peer { get; }

    private Uri Address => new(_app.Urls.First(url => url.StartsWith("http://127", StringComparison.Ordinal)));

    public static async Task<EchoHouse> StartAsync()
    {
        var house = new EchoHouse();
        await house._app.StartAsync();
        return house;
    }

    /// <summary>A user's desktop, opened, and its display.</summary>
    public async Task<ClientWebSocket> OpenAsync()
    {
        const string User = "typist";
        using var administrator = new LocalApi(_directory.Root);
        await administrator.PostAsync<UserAdded>("users", new AddUserRequest(User));
        await administrator.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "relay", Image = "micro", Spare = 1 });
        await administrator.PutAsync($"pools/relay/entitlements/users/{User}");
        using var user = new LocalApi(Address, (await administrator.PostAsync<Token>("tokens", new { User, Label = "bench" })).Value);
        var session = await user.PostAsync<SessionView>("desktops/relay/open", new { });
        var ticket = await user.PostAsync<DisplayTicket>($"sessions/{session.Id}/display-ticket", new { });
        var display = new ClientWebSocket();
        user.Authorize(display.Options.SetRequestHeader);
        display.Options.SetRequestHeader("Origin", $"http://{Address.Authority}");
        display.Options.AddSubProtocol("binary");
        display.Options.AddSubProtocol("ticket." + ticket.Ticket);
        await display.ConnectAsync(new Uri($"ws://{Address.Authority}/api/v1/display"), CancellationToken.None);
        return display;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Peer.Dispose();
        _directory.Dispose();
    }

    private sealed record Token([property: JsonPropertyName("token")] string Value);
}
