using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Events;

/// <summary>The way to one syslog server, opened when it is first needed and again when it broke.</summary>
internal sealed class SyslogLine(SyslogSettings settings) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _host = Environment.MachineName;
    private Socket? _socket;

    /// <summary>Where it leads.</summary>
    public SyslogSettings Settings => settings;

    /// <summary>Sends one event, within 10 s.</summary>
    /// <exception cref="SocketException">The server can not be reached; the next call tries anew.</exception>
    public async Task SendAsync(EventView happened, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            if (_socket is { } open && IsClosedByPeer(open)) Dispose();
            var socket = _socket ??= await ConnectAsync(limit.Token);
            var bytes = Frame(happened);
            for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            // Half a message may have gone: what follows must not be taken for its rest.
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    // A server that has closed its end would swallow one message more before the loss is noticed.
    private bool IsClosedByPeer(Socket socket) => settings.Transport == SyslogTransport.Tcp && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = settings.Transport == SyslogTransport.Tcp
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private byte[] Frame(EventView happened)
    {
        if (settings.Transport == SyslogTransport.Udp) return SyslogMessage.Of(happened, _host, SyslogMessage.LongestDatagram);
        var message = SyslogMessage.Of(happened, _host, SyslogMessage.Longest);
        return [.. Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture)), (byte)' ', .. message];
    }
}
