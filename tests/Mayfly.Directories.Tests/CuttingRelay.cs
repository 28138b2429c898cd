using System.Net;
using System.Net.Sockets;

namespace Mayfly.Directories.Tests;

/// <summary>Stands between Mayfly and a server, and closes the connection when the server answers for the given time.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    public CuttingRelay(int server, int answers)
    {
        _listener.Start();
        _work = RunAsync(server, answers);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ContinueWith(_ => { }, TaskScheduler.Default);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(int server, int answers)
    {
        using var near = await _listener.AcceptTcpClientAsync(_end.Token);
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, server, _end.Token);
        var buffer = new byte[64 * 1024];
        for (var answer = 1; ; answer++)
        {
            var asked = await near.GetStream().ReadAsync(buffer, _end.Token);
            await far.GetStream().WriteAsync(buffer.AsMemory(0, asked), _end.Token);
            var answered = await far.GetStream().ReadAsync(buffer, _end.Token);
            // The last answer is cut in the middle.
            await near.GetStream().WriteAsync(buffer.AsMemory(0, answer == answers ? answered / 2 : answered), _end.Token);
            if (answer == answers) return;
        }
    }
}
