using System.Text.Json;
using System.Threading.Channels;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Remote.Serving;

/// <summary>Writes an answer line by line as it comes, in order, from whatever thread it comes.</summary>
internal sealed class LineWriter : IAsyncDisposable
{
    private readonly Channel<byte[]> _lines = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    public LineWriter(HttpResponse response) => _writing = WriteAsync(response);

    /// <summary>Writes a line of an answer that nobody else writes, and waits until it is on its way.</summary>
    public static Task WriteAsync<T>(HttpResponse response, T line) => WriteAsync(response, JsonSerializer.SerializeToUtf8Bytes(line, WireJson.Options));

    /// <summary>Adds a line.</summary>
    public void Write<T>(T line) => _lines.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes(line, WireJson.Options));

    /// <summary>All is written.</summary>
    public Task EndAsync()
    {
        _lines.Writer.TryComplete();
        return _writing;
    }

    /// <summary>Ends the writing, whatever came in between.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync(HttpResponse response)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(response.HttpContext.RequestAborted)) await WriteAsync(response, line);
    }

    private static async Task WriteAsync(HttpResponse response, byte[] line)
    {
        var cancelled = response.HttpContext.RequestAborted;
        if (!response.HasStarted) response.ContentType = "application/x-ndjson";
        await response.Body.WriteAsync(line, cancelled);
        await response.Body.WriteAsync(WireJson.LineEnd, cancelled);
        await response.Body.FlushAsync(cancelled);
    }
}
