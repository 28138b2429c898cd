using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Mayfly.Cli.Client;

/// <summary>Sends requests to mayflyd, and says it as <see cref="ServerUnreachableException"/> when nobody answers.</summary>
internal sealed class ServerConnection : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private readonly ServerAddress _address;
    private readonly HttpClient _http;

    public ServerConnection(ServerAddress address)
    {
        _address = address;
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectLimit, UseProxy = address.Socket is null };
        if (address.Socket is not null)
            handler.ConnectCallback = ConnectToSocketAsync;
        // Opening a desktop, running a program and following a job may take minutes: the server sets the limits.
        _http = new HttpClient(handler) { BaseAddress = address.Base, Timeout = Timeout.InfiniteTimeSpan };
        if (address.Token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
    }

    public ServerAddress Address => _address;

    /// <summary>Sends one request; the answer's body is not read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerUnreachableException(_address, "it did not accept the connection in time", exception);
        }
    }

    /// <summary>Names the cause of a broken or refused connection.</summary>
    public ServerUnreachableException Unreachable(Exception exception)
    {
        var socketError = Causes(exception).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        var reason = socketError switch
        {
            SocketError.ConnectionRefused => "nothing listens there",
            SocketError.AddressNotAvailable => "there is no such socket",
            SocketError.AccessDenied => "only the user who runs mayflyd may open it",
            null => "the connection ended before the answer was complete",
            _ when _address.Socket is { } socket && !File.Exists(socket) => "there is no such socket",
            { } other => $"connecting failed ({other})",
        };
        return new ServerUnreachableException(_address, reason, exception);
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    private async ValueTask<Stream> ConnectToSocketAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_address.Socket!), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
