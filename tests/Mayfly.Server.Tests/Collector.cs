using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mayfly.Server.Tests;

/// <summary>A collector of OpenTelemetry that takes metrics by OTLP over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly Channel<byte[]> _taken = Channel.CreateUnbounded<byte[]>();
    private readonly WebApplication _app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/metrics", (Delegate)TakeAsync);
    }

    public string Address => _app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits for a report that has a metric of that name.</summary>
    public async Task ReceiveAsync(string metric, CancellationToken cancellationToken)
    {
        // As protobuf writes it: the field "name" of a metric, its length, its letters.
        byte[] written = [0x0a, (byte)metric.Length, .. Encoding.ASCII.GetBytes(metric)];
        while ((await _taken.Reader.ReadAsync(cancellationToken)).AsSpan().IndexOf(written) < 0) ;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        if (context.Request.ContentType != "application/x-protobuf") return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _taken.Writer.TryWrite(body.ToArray());
        // An empty answer is an ExportMetricsServiceResponse that complains of nothing.
        return Results.Bytes([], "application/x-protobuf");
    }
}
