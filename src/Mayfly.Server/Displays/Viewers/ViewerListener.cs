using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Mayfly.Server.Auth;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>Takes connections of viewer programs, when it was told an address. Few may be before their password at once, and each for a short time.</summary>
internal sealed partial class ViewerListener(ServerOptions options, ViewerDoorman doorman, ILogger<ViewerListener> logger) : IHostedService, IAsyncDisposable
{
    private const int MostStrangers = 32;
    private const int PerMinute = 30;

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _strangers = new(MostStrangers);
    private readonly PartitionedRateLimiter<IPAddress> _limit = PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetFixedWindowLimiter(
        Neighbourhood.Of(address), _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _guests = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens, or null when it does not.</summary>
    public IPEndPoint? Address => (IPEndPoint?)_listener?.LocalEndpoint;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.ViewerListen is not { } address) return Task.CompletedTask;
        var listener = new TcpListener(address);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new IOException($"The viewers' address {address} can not be listened on: {exception.Message}", exception);
        }

        _listener = listener;
        _accepting = AcceptAsync(listener);
        LogListening(Address!);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _accepting;
        Task[] left;
        lock (_lock) left = [.. _guests];
        await Task.WhenAll(left).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        _stopping.Dispose();
        _strangers.Dispose();
        await _limit.DisposeAsync();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Begin(await listener.AcceptSocketAsync(_stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // A connection that ended before it was taken, or no descriptor left for it.
                LogNotAccepted(exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Begin(Socket socket)
    {
        var address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        if (!_limit.AttemptAcquire(address).IsAcquired || !_strangers.Wait(0))
        {
            LogTurnedAway(address);
            socket.Dispose();
            return;
        }

        var guest = Task.Run(() => ServeAsync(socket, address));
        lock (_lock) _guests.Add(guest);
        _ = guest.ContinueWith(
            ended =>
            {
                lock (_lock) _guests.Remove(ended);
            },
            TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket, IPAddress address)
    {
        var stranger = 1;
        await using var viewer = new NetworkStream(socket, ownsSocket: true);
        try
        {
            Prepare(socket);
            await doorman.ReceiveAsync(viewer, address, LetIn, _stopping.Token);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException
            or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // Strangers break off, are slow, or speak something else.
            LogEnded(address, exception.Message);
        }
#pragma warning disable CA1031 // The last stop for a bug: it is told, and other viewers go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(address, exception);
        }
        finally
        {
            LetIn();
        }

        void LetIn()
        {
            if (Interlocked.Exchange(ref stranger, 0) == 1) _strangers.Release();
        }
    }

    /// <summary>Keys go out at once, and a viewer that has vanished is noticed within a minute or so.</summary>
    private static void Prepare(Socket socket)
    {
        const int Seconds = 15;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    [LoggerMessage(620, LogLevel.Information, "mayflyd serves viewers on {Address}")]
    private partial void LogListening(IPEndPoint address);

    [LoggerMessage(621, LogLevel.Warning, "A viewer could not be taken: {Reason}")]
    private partial void LogNotAccepted(string reason);

    [LoggerMessage(622, LogLevel.Warning, "A viewer from {Address} was turned away: too many at once or in a minute")]
    private partial void LogTurnedAway(IPAddress address);

    [LoggerMessage(623, LogLevel.Information, "A viewer from {Address} broke off: {Reason}")]
    private partial void LogEnded(IPAddress address, string reason);

    [LoggerMessage(624, LogLevel.Error, "Serving a viewer from {Address} failed")]
    private partial void LogFailed(IPAddress address, Exception exception);
}
