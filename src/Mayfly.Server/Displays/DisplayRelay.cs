using System.Buffers;
using System.Net.WebSockets;
using Mayfly.Control.Sessions;

namespace Mayfly.Server.Displays;

/// <summary>
/// Carries bytes between a browser and a machine's screen. Each direction has one buffer and reads on only when what it read has been
/// taken: a slow browser slows the screen, not the server.
/// </summary>
internal static class DisplayRelay
{
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Close status of a display that was closed although its session goes on: to open it again is left to its user.</summary>
    public const WebSocketCloseStatus Disconnected = (WebSocketCloseStatus)4001;

    /// <summary>Runs until either side ends or <paramref name="display"/> is to be closed; the WebSocket is closed then, within 5 s.</summary>
    public static async Task RunAsync(WebSocket browser, Stream screen, SessionLease display, SessionInputs inputs)
    {
        var ended = display.Token;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var toBrowser = ToBrowserAsync(screen, browser, either.Token);
        // Receiving is not cancelled: that would break the connection off before a farewell can be said.
        var toScreen = ToScreenAsync(browser, screen, display, inputs);
        await Task.WhenAny(toBrowser, toScreen, Task.Delay(Timeout.Infinite, either.Token));
        await either.CancelAsync();
        await SettleAsync(toBrowser);
        if (display.Reason is { } reason) await CloseAsync(browser, Disconnected, reason);
        else await CloseAsync(browser, WebSocketCloseStatus.NormalClosure, ended.IsCancellationRequested ? "The session has ended." : "The screen has closed.");
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

    private static async Task ToScreenAsync(WebSocket browser, Stream screen, SessionLease display, SessionInputs inputs)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var begins = true;
        try
        {
            while (true)
            {
                var received = await browser.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType != WebSocketMessageType.Binary) return;
                if (begins && RfbInput.IsIn(buffer.AsSpan(0, received.Count))) inputs.Note(display);
                begins = received.EndOfMessage;
                await screen.WriteAsync(buffer.AsMemory(0, received.Count), CancellationToken.None);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CloseAsync(WebSocket browser, WebSocketCloseStatus status, string reason)
    {
        using var limit = new CancellationTokenSource(Farewell);
        if (browser.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await SettleAsync(browser.CloseOutputAsync(status, reason, limit.Token));
    }

    /// <summary>Either side may break off at any time; that is an end like any other.</summary>
    private static async Task SettleAsync(Task direction)
    {
        try
        {
            await direction;
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or InvalidDataException)
        {
            // Ended.
        }
    }
}
