using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Mayfly.Server.Displays.Viewers;

namespace Mayfly.Server.Tests.Displays;

/// <summary>A viewer program as seen from the network.</summary>
internal sealed class VncGuest(Stream stream) : IDisposable
{
    public Stream Stream { get; private set; } = stream;

    public static async Task<VncGuest> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address);
        return new VncGuest(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Version and the one kind of security; encrypts when that is offered.</summary>
    public async Task BeginAsync()
    {
        Encoding.ASCII.GetString(await TakeAsync(12)).ShouldBe("RFB 003.008\n");
        await Stream.WriteAsync("RFB 003.008\n"u8.ToArray());
        var kinds = await TakeAsync((await TakeAsync(1))[0]);
        await Stream.WriteAsync(kinds.ShouldHaveSingleItem() is var kind ? new[] { kind } : []);
        if (kind != 19) return;
        (await TakeAsync(2)).ShouldBe([0, 2]);
        await Stream.WriteAsync(new byte[] { 0, 2 });
        (await TakeAsync(6)).ShouldBe([0, 1, 0, 0, 1, 5]);
        await Stream.WriteAsync(new byte[] { 0, 0, 1, 5 });
        (await TakeAsync(1)).ShouldBe([1]);
        var encrypted = new SslStream(Stream, false, (_, certificate, _, _) => certificate!.Subject == "CN=mayfly-test");
        await encrypted.AuthenticateAsClientAsync("mayfly-test");
        Stream = encrypted;
    }

    /// <summary>Answers the challenge; null when let in, else what it was told.</summary>
    public async Task<string?> PresentAsync(string password)
    {
        await Stream.WriteAsync(VncPassword.Answer(password, await TakeAsync(16)));
        if (BinaryPrimitives.ReadUInt32BigEndian(await TakeAsync(4)) == 0) return null;
        return Encoding.UTF8.GetString(await TakeAsync((int)BinaryPrimitives.ReadUInt32BigEndian(await TakeAsync(4))));
    }

    public async Task<byte[]> TakeAsync(int count)
    {
        var bytes = new byte[count];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }

    /// <summary>Waits until the other side has closed.</summary>
    public async Task EndsAsync(int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var buffer = new byte[1024];
        try
        {
            while (await Stream.ReadAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed with a reset.
        }
    }

    public void Dispose() => Stream.Dispose();
}
