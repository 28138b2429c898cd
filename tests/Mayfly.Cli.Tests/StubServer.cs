using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using System.Text.Json.Serialization;

namespace Mayfly.Cli.Tests;

/// <summary>A real Kestrel with the few endpoints a test gives it, on a unix socket in a data directory of its own.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubServer(WebApplication app, string dataDirectory)
    {
        _app = app;
        DataDirectory = dataDirectory;
    }

    public string DataDirectory { get; }

    public string Socket => SocketIn(DataDirectory);

    /// <summary>Address of the TCP listener.</summary>
    public string Url => _app.Urls.First(url => !url.Contains("unix", StringComparison.Ordinal));

    /// <summary>Method, path and authorization of every request, in order.</summary>
    public List<string> Requests { get; } = [];

    public static Task<StubServer> StartAsync(Action<WebApplication> endpoints) => StartAsync(endpoints, NewDirectory());

    public static async Task<StubServer> StartAsync(Action<WebApplication> endpoints, string dataDirectory)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(SocketIn(dataDirectory));
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var server = new StubServer(app, dataDirectory);
        app.Use(server.RecordAsync);
        app.MapGet("/healthz", () => "ok");
        endpoints(app);
        await app.StartAsync();
        return server;
    }

    public static string NewDirectory() => Directory.CreateTempSubdirectory("mayfly-cli-").FullName;

    /// <summary>Runs the command line against this server, through its socket.</summary>
    public Task<CliRun> RunAsync(params string[] arguments) =>
        CliRun.OfAsync(new() { ["MAYFLY_DATA"] = DataDirectory }, arguments);

    /// <summary>The same, interrupted by the token as by Ctrl+C.</summary>
    public Task<CliRun> RunAsync(CancellationToken interrupt, params string[] arguments) =>
        CliRun.OfAsync(new() { ["MAYFLY_DATA"] = DataDirectory }, interrupt, arguments);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static string SocketIn(string dataDirectory) => Path.Combine(dataDirectory, "mayflyd.sock");

    private Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        lock (Requests)
            Requests.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}".Trim());
        return next(context);
    }
}
