using Mayfly.Cli.Client;

namespace Mayfly.Cli.Demo;

/// <summary>Waits for a mayflyd that is starting.</summary>
internal static class ServerWait
{
    // Between the socket's appearing and its listening lies no event of the file system.
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once mayflyd says it is healthy.</summary>
    /// <exception cref="ServerUnreachableException">It did not within <paramref name="limit"/>.</exception>
    public static async Task UntilHealthyAsync(MayflyClient client, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var socketChanges = Watch(client.Address.Socket);
        while (true)
        {
            try
            {
                if (await client.IsHealthyAsync(cancellationToken))
                    return;
            }
            catch (ServerUnreachableException) when (clock.GetElapsedTime(start) < limit)
            {
                // Expected while it starts; the next change of the socket or the next retry tells more.
            }

            if (socketChanges is null)
                await Task.Delay(Retry, clock, cancellationToken);
            else
                await socketChanges.WaitAsync(Retry, cancellationToken);
        }
    }

    private static SocketWatch? Watch(string? socket) =>
        socket is not null && Directory.Exists(Path.GetDirectoryName(socket)) ? new SocketWatch(socket) : null;

    private sealed class SocketWatch : IDisposable
    {
        private readonly FileSystemWatcher _watcher;
        private readonly SemaphoreSlim _changed = new(0);

        public SocketWatch(string socket)
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(socket)!, Path.GetFileName(socket));
            _watcher.Created += (_, _) => _changed.Release();
            _watcher.Renamed += (_, _) => _changed.Release();
            _watcher.EnableRaisingEvents = true;
        }

        public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _changed.WaitAsync(limit, cancellationToken);

        public void Dispose()
        {
            _watcher.Dispose();
            _changed.Dispose();
        }
    }
}
