using System.Net.Sockets;
using System.Text;

namespace Mayfly.Server.Tests.Displays;

/// <summary>A machine's screen that greets as QEMU does and then does as a test tells it.</summary>
internal static class FakeScreen
{
    /// <summary>Has each display of a daemon's machines answered by a script that runs after the greeting.</summary>
    public static void Play(Daemon daemon, Func<Stream, Task> script) => daemon.Host.OnDisplay = async machine =>
    {
        var (ours, theirs) = await PairAsync();
        _ = ServeAsync(theirs, script);
        return ours;
    };

    public static async Task<byte[]> TakeAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static async Task ServeAsync(Stream stream, Func<Stream, Task> script)
    {
        await using (stream)
        {
            try
            {
                await stream.WriteAsync("RFB 003.008\n"u8.ToArray());
                Encoding.ASCII.GetString(await TakeAsync(stream, 12)).ShouldBe("RFB 003.008\n");
                await stream.WriteAsync(new byte[] { 1, 1 });
                (await TakeAsync(stream, 1)).ShouldBe([1]);
                await stream.WriteAsync(new byte[4]);
                await script(stream);
            }
            catch (IOException)
            {
                // The other side has ended.
            }
        }
    }

    private static async Task<(Stream Ours, Stream Theirs)> PairAsync()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var ours = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var accepting = listener.AcceptSocketAsync();
        await ours.ConnectAsync(listener.LocalEndpoint);
        return (new NetworkStream(ours, true), new NetworkStream(await accepting, true));
    }
}
