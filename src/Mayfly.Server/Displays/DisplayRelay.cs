using System.Buffers;
using System.Net.WebSockets;

namespace Mayfly.Server.Displays;

/// <summary>
/// Carries bytes between a browser and a machine's screen. Each direction has one buffer and reads on only when what it read has been
/// taken: a slow browser slows the screen, not the server.
/// </summary>
internal static class DisplayRelay
{
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Runs until either side ends or <paramref name="ended"/> is cancelled; the WebSocket is closed then, within 5 s.</summary>
    public static async Task RunAsync(WebSocket browser, Stream screen, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var toBrowser = ToBrowserAsync(screen, browser, either.Token);
        // Receiving is not cancelled: that would break the connection off before a farewell can be said.
        var toScreen = ToScreenAsync(browser, screen);
        await Task.WhenAny(toBrowser, toScreen, Task.Delay(Timeout.Infinite, either.Token));
        await either.CancelAsync();
        await SettleAsync(toBrowser);
        await CloseAsync(browser, ended.IsCancellationRequested ? "The session has ended." : "The screen has closed.");
        if (await Task.WhenAny(toScreen, Task.Delay(Farewell, CancellationToken.None)) != toScreen) browser.Abort();
        await SettleAsync(toScreen);
    }

    private static async Task ToBrowserAsync(Stream screen, WebSocket browser, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await screen.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                await browser.SendAsync(buffer.AsMemory(0, count), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ToScreenAsync(WebSocket browser, Stream screen)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var received = await browser.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType != WebSocketMessageType.Binary) return;
                await screen.WriteAsync(buffer.AsMemory(0, received.Count), CancellationToken.None);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CloseAsync(WebSocket browser, string reason)
    {
        using var limit = new CancellationTokenSource(Farewell);
        if (browser.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await SettleAsync(browser.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, reason, limit.Token));
    }

    /// <summary>Either side may break off at any time; that is an end like any other.</summary>
    private static async Task SettleAsync(Task direction)
    {
        try
        {
            await direction;
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Ended.
        }
    }
}
