using System.Diagnostics;
using System.Net.WebSockets;

namespace Mayfly.PortalBench;

/// <summary>
/// What the relay adds between a key and the picture it causes: a peer answers each key with a picture at once, asked by turns over a unix
/// socket, as mayflyd asks QEMU, and through mayflyd's WebSocket. A real screen's own 30 ms of rest would hide the difference.
/// </summary>
internal static class RelayRun
{
    private const int KeysPerRound = 100;
    private const int WarmUpKeys = 500;

    public static async Task<IReadOnlyList<Measure>> RunAsync(int rounds)
    {
        await using var house = await EchoHouse.StartAsync();
        using var socket = await house.OpenAsync();
        await using var relayed = WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: false);
        await using var direct = await house.Peer.ConnectAsync();
        var (near, far, added) = (new List<double>(), new List<double>(), new List<double>());
        for (var key = 0; key < WarmUpKeys + (rounds * KeysPerRound); key++)
        {
            var (one, other) = (await PressAsync(direct), await PressAsync(relayed));
            if (key < WarmUpKeys) continue;
            near.Add(one);
            far.Add(other);
            added.Add(other - one);
        }

        return
        [
            Measure.Of("key to picture of 16 KiB, peer alone", "us", near),
            Measure.Of("key to picture of 16 KiB, through the relay", "us", far),
            Measure.Of("what the relay adds to key to picture", "us", added),
        ];
    }

    private static async Task<double> PressAsync(Stream screen)
    {
        var picture = new byte[EchoPeer.PictureBytes];
        var started = Stopwatch.GetTimestamp();
        await screen.WriteAsync(EchoPeer.Key);
        await screen.ReadExactlyAsync(picture);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
