using System.Net.WebSockets;
using System.Threading.Channels;

namespace Mayfly.Server.Displays.Sounds;

/// <summary>Carries sound to a browser. What a slow browser can not take in time is left out, since late sound is worth nothing.</summary>
internal static class SoundRelay
{
    // QEMU sends a message each 10 to 25 ms: a second and a half or less waits.
    private const int MostWaiting = 64;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Runs until either side ends or <paramref name="ended"/> is cancelled; the WebSocket is closed then, within 5 s.</summary>
    public static async Task RunAsync(WebSocket browser, SoundSource source, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var (gap, waiting) = (new Gap(), Channel.CreateBounded<byte[]>(MostWaiting));
        Task[] parts = [ListenAsync(source, waiting, gap, either.Token), SendAsync(browser, waiting.Reader, either.Token)];
        // Receiving is not cancelled: that would break the connection off before a farewell can be said.
        var hearing = HearAsync(browser);
        await Task.WhenAny([.. parts, hearing, Task.Delay(Timeout.Infinite, either.Token)]);
        await either.CancelAsync();
        foreach (var part in parts) await SettleAsync(part);
        using var limit = new CancellationTokenSource(Farewell);
        if (browser.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await SettleAsync(browser.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "The sound has ended.", limit.Token));
        if (await Task.WhenAny(hearing, Task.Delay(Farewell, CancellationToken.None)) != hearing) browser.Abort();
        await SettleAsync(hearing);
    }

    private static async Task ListenAsync(SoundSource source, Channel<byte[]> waiting, Gap gap, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var message = await source.NextAsync(cancellationToken);
                if (gap.Open) SoundFormat.MarkGap(message);
                gap.Open = !waiting.Writer.TryWrite(message);
            }
        }
        finally
        {
            waiting.Writer.Complete();
        }
    }

    private static async Task SendAsync(WebSocket browser, ChannelReader<byte[]> waiting, CancellationToken cancellationToken)
    {
        await browser.SendAsync(SoundFormat.Format(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        await foreach (var message in waiting.ReadAllAsync(cancellationToken))
            await browser.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
    }

    /// <summary>A browser has nothing to say here but farewell.</summary>
    private static async Task HearAsync(WebSocket browser)
    {
        var buffer = new byte[128];
        var received = await browser.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        if (received.MessageType != WebSocketMessageType.Close) browser.Abort();
    }

    /// <summary>Either side may break off at any time; that is an end like any other.</summary>
    private static async Task SettleAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException
            or InvalidOperationException or InvalidDataException)
        {
            // Ended.
        }
    }

    /// <summary>Whether the last message was left out. Touched by one task alone.</summary>
    private sealed class Gap
    {
        public bool Open { get; set; }
    }
}
