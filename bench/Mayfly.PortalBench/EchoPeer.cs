using System.Net.Sockets;

namespace Mayfly.PortalBench;

/// <summary>In QEMU's place at the other end of displays: answers each key with a picture, at once.</summary>
internal sealed class EchoPeer : IDisposable
{
    public const int PictureBytes = 16 * 1024;
    private readonly string _path;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public EchoPeer(string directory)
    {
        _path = Path.Combine(directory, "peer.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
    }

    /// <summary>RFB's message for a key going down.</summary>
    public static ReadOnlyMemory<byte> Key { get; } = new byte[] { 4, 1, 0, 0, 0, 0, 0, (byte)'a' };

    /// <summary>One more display.</summary>
    public async Task<Stream> ConnectAsync()
    {
        var ours = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var accepting = _listener.AcceptAsync();
        await ours.ConnectAsync(new UnixDomainSocketEndPoint(_path));
        _ = AnswerAsync(new NetworkStream(await accepting, ownsSocket: true));
        return new NetworkStream(ours, ownsSocket: true);
    }

    public void Dispose() => _listener.Dispose();

    private static async Task AnswerAsync(NetworkStream display)
    {
        await using (display)
        {
            var (key, picture) = (new byte[Key.Length], new byte[PictureBytes]);
            try
            {
                while (true)
                {
                    await display.ReadExactlyAsync(key);
                    await display.WriteAsync(picture);
                }
            }
            catch (IOException)
            {
                // The other side has ended.
            }
        }
    }
}
