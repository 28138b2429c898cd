using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Mayfly.BrowserTests.Sounds;

/// <summary>Somebody with a browser's cookie who listens to a desktop.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly WebSocket _socket;

    private Listener(WebSocket socket) => _socket = socket;

    public static async Task<Listener> OpenAsync(SignedIn user, SessionView session) =>
        new(await user.ConnectAsync("sound", await user.TicketAsync(session)));

    /// <summary>Listens until so many pairs of samples that are not silent have come.</summary>
    public async Task<Heard> HearAsync(int pairs)
    {
        using var limit = new CancellationTokenSource(Limit);
        var format = await NextAsync(limit.Token);
        format[0].ShouldBe((byte)1);
        var (loud, loudest) = (0, 0);
        while (loud < pairs)
        {
            var message = await NextAsync(limit.Token);
            if (message[0] != 2) continue;
            for (var at = 4; at < message.Length; at += 4)
            {
                var sample = Math.Abs((int)BinaryPrimitives.ReadInt16LittleEndian(message.AsSpan(at)));
                if (sample > 0) loud++;
                loudest = Math.Max(loudest, sample);
            }
        }

        return new Heard((BinaryPrimitives.ReadInt32LittleEndian(format.AsSpan(4)), format[8], format[9]), loudest);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            part.MessageType.ShouldBe(WebSocketMessageType.Binary);
            length += part.Count;
            if (part.EndOfMessage) return buffer[..length];
        }
    }

    internal sealed record Heard((int Rate, int Channels, int Bits) Format, int Loudest);
}
