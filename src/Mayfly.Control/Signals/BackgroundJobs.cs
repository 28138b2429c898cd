using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Signals;

/// <summary>Owns every piece of work that outlives the call that began it. At stop all are cancelled and awaited.</summary>
public sealed partial class BackgroundJobs : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private readonly ILogger _logger;
    // Taken while it can be: who begins a job during the very end has it cancelled.
    private readonly CancellationToken _stop;
    private long _lastId;

    public BackgroundJobs(ILogger<BackgroundJobs> logger) => (_logger, _stop) = (logger, _stopping.Token);

    /// <summary>Begins a job; the task tells its result.</summary>
    /// <param name="name">For the log, should it fail in an unexpected way.</param>
    /// <param name="work">Cancelled at stop.</param>
    public Task<T> Start<T>(string name, Func<CancellationToken, Task<T>> work)
    {
        var id = Interlocked.Increment(ref _lastId);
        var task = Task.Run(() => work(_stop), CancellationToken.None);
        _running[id] = task;
        _ = WatchAsync(id, name, task);
        return task;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        var all = Task.WhenAll(_running.Values);
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task WatchAsync(long id, string name, Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping.
        }
#pragma warning disable CA1031 // The last stop for a bug in a job: it is told, and the rest goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(name, exception);
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    [LoggerMessage(100, LogLevel.Error, "Background job {Name} failed")]
    private partial void LogFailed(string name, Exception exception);
}
