using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Net.Sockets;
using Mayfly.Contracts.Api;
using Mayfly.Control.Leadership;
using Mayfly.Engine;
using Mayfly.Engine.Hosts;
using Mayfly.Server.Displays.Viewers;
using Mayfly.Server.Hosting;
using Mayfly.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayfly.Server.Tests;

/// <summary>A whole mayflyd on real Kestrel with a fake host, and clients of it.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    /// <summary>JSON as the API writes it.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly TemporaryDirectory _directory = new();
    private readonly WebApplication _app;

    private Daemon(TimeProvider? time, Func<ServerOptions, ServerOptions> change, HouseTerm? term)
    {
        Options = change(new ServerOptions { Data = new DataDirectory(_directory.Root), Listen = new IPEndPoint(IPAddress.Loopback, 0), ConsoleDirectory = _directory.Root + "/none" });
        _app = Program.Build(Options, services => services
            .AddSingleton<IMachineHost>(Host).AddSingleton<IImageLibrary>(new FakeImageLibrary()).AddSingleton<IPackageLibrary>(Packages).AddSingleton<IVolumeLibrary>(Volumes).AddSingleton<IPersonaLibrary>(new FakePersonaLibrary()).AddFakeExchange().AddSingleton(time ?? Time).AddSingleton(term ?? HouseTerm.Alone())
            .AddSingleton<ILoggerProvider>(new Recorder(Logs)));
    }

    public ServerOptions Options { get; }

    public FakeMachineHost Host { get; } = new();

    public FakePackageLibrary Packages { get; } = new();

    public FakeVolumeLibrary Volumes { get; } = new();

    public ManualTime Time { get; } = new();

    public ConcurrentQueue<string> Logs { get; } = new();

    public Uri Address => new(_app.Urls.First(url => url.StartsWith("http://127", StringComparison.Ordinal)));

    public string Origin => $"http://{Address.Authority}";

    /// <summary>Where viewer programs find it, or null.</summary>
    public IPEndPoint? Viewers => _app.Services.GetRequiredService<ViewerListener>().Address;

    /// <summary>A part of it.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="time">Clock to go by, or null for <see cref="Time"/>, which a test sets.</param>
    /// <param name="change">Changes the options it starts with.</param>
    /// <param name="term">By what right it runs the house when it is one of several servers.</param>
    public static async Task<Daemon> StartAsync(TimeProvider? time = null, Func<ServerOptions, ServerOptions>? change = null, HouseTerm? term = null)
    {
        var daemon = new Daemon(time, change ?? (options => options), term);
        await daemon._app.StartAsync();
        return daemon;
    }

    /// <summary>A client over the unix socket: the local administrator.</summary>
    public HttpClient Local() => Local(Options.Socket);

    /// <summary>A client over a unix socket.</summary>
    public static HttpClient Local(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://localhost") };

    public HttpClient Anonymous() => new(new HttpClientHandler { UseCookies = false }) { BaseAddress = Address };

    /// <summary>A browser signed in as a new user.</summary>
    public async Task<Browser> SignInAsync(string user, bool administrator = false, string password = "correct-horse")
    {
        using var local = Local();
        await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest(user, null, password, administrator));
        var cookies = new CookieContainer();
        var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Origin", Origin);
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest(user, password))).StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Browser(client, cookies);
    }

    /// <summary>Waits until the log has a line with a text: a request's line is written after its answer.</summary>
    public Task LogsAsync(string text) =>
        Eventually.HoldsAsync(() => Task.FromResult(Logs.Any(line => line.Contains(text, StringComparison.Ordinal))), $"the log has {text}");

    /// <summary>A pool "p" that the user may use, and the user's open session in it.</summary>
    public async Task<SessionView> OpenAsync(Browser browser, string user)
    {
        using var local = Local();
        await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 4 });
        (await local.PutAsync($"/api/v1/pools/p/entitlements/users/{user}", null)).EnsureSuccessStatusCode();
        var answer = await browser.Client.PostAsync("/api/v1/desktops/p/open", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SessionView>(Json))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    internal sealed record Browser(HttpClient Client, CookieContainer Cookies);

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
