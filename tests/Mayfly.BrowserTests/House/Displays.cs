using System.Net.WebSockets;

namespace Mayfly.BrowserTests.House;

internal static class Displays
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Reads a display to its end and returns how it was closed.</summary>
    public static async Task<WebSocketCloseStatus?> DrainAsync(WebSocket display)
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[64 * 1024];
        while (display.CloseStatus is null) await display.ReceiveAsync(buffer, limit.Token);
        return display.CloseStatus;
    }
}
