using System.Net;
using System.Net.Sockets;

namespace Mayfly.HostKit;

/// <summary>The network between two ends, which can be pulled.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _plugged = new();
    private TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _accepting = Task.CompletedTask;

    private Cable(int port)
    {
        _port = port;
        _plugged.SetResult();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task<Cable> ToAsync(int port)
    {
        var cable = new Cable(port);
        cable._listener.Start();
        cable._accepting = cable.AcceptAsync();
        return Task.FromResult(cable);
    }

    /// <summary>From now on nothing arrives, and nobody is told.</summary>
    public void Pull()
    {
        lock (_lock) _plugged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>All arrives again.</summary>
    public void Plug()
    {
        lock (_lock) _plugged.TrySetResult();
    }

    /// <summary>The connections that there are end, with what was on its way; others can be made.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _broken.SetResult();
            _broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Plug();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        Task broken;
        lock (_lock) broken = _broken.Task;
        using (near)
        using (var far = new TcpClient())
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _port, _end.Token);
            }
            catch (SocketException)
            {
                // Nobody is there: the near end is closed.
                return;
            }

            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()), broken);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            Task plugged;
            lock (_lock) plugged = _plugged.Task;
            await plugged;
            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
