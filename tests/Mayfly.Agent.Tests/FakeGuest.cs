using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Guests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Agent.Tests;

/// <summary>The guest's end of a channel, played by a test; the host's end is the real one.</summary>
internal sealed class FakeGuest : IAsyncDisposable
{
    private readonly Socket _guest;

    private FakeGuest(Socket guest, AgentConnection host, NetworkStream stream) => (_guest, Host, Stream) = (guest, host, stream);

    internal AgentConnection Host { get; }

    internal NetworkStream Stream { get; }

    internal static async Task<FakeGuest> ConnectAsync(CancellationToken token)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var guest = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await guest.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
        var host = await listener.AcceptAsync(token);
        File.Delete(path);
        var connection = AgentConnection.Attach(new NetworkStream(host, ownsSocket: true), NullLogger.Instance, TimeProvider.System);
        return new FakeGuest(guest, connection, new NetworkStream(guest, ownsSocket: true));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stream.DisposeAsync();
        _guest.Dispose();
    }

    internal async Task<AgentFrame> ReceiveAsync(CancellationToken token)
    {
        var prefix = new byte[4];
        await Stream.ReadExactlyAsync(prefix, token);
        var json = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix)];
        await Stream.ReadExactlyAsync(json, token);
        return JsonSerializer.Deserialize(json, AgentJson.Default.AgentFrame)!;
    }

    internal Task SendAsync(string json, CancellationToken token) => Stream.WriteAsync(Frame(json), token).AsTask();

    internal static byte[] Frame(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var wire = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(wire, bytes.Length);
        bytes.CopyTo(wire, 4);
        return wire;
    }
}
