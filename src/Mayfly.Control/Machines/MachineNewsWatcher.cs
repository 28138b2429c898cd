using Mayfly.Control.Captures;
using Mayfly.Control.Pools;
using Mayfly.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Machines;

/// <summary>
/// Listens to the host for what happens to machines by itself. What can not be written down now, for the database may be full, is found
/// again by the audit. Should the host stop telling, mayflyd stops.
/// </summary>
internal sealed partial class MachineNewsWatcher(
    IMachineHost host, MachineLosses losses, MachineTroubles troubles, CaptureWorker captures, PoolQueue queue, ILogger<MachineNewsWatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in host.WatchAsync(stoppingToken))
        {
            try
            {
                await HandleAsync(news);
            }
#pragma warning disable CA1031 // One machine's news must not keep those of the others from being heard.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogNotWritten(news, exception);
                queue.Failed(PoolQueue.Everything);
            }
        }

        if (!stoppingToken.IsCancellationRequested) throw new InvalidOperationException("The host stopped reporting what happens to machines.");
    }

    private Task HandleAsync(HostMachineNews news) => news switch
    {
        HostMachineExit exit => Task.WhenAll(losses.HandleAsync(exit), captures.LostAsync(exit.MachineId, exit.Fault)),
        HostMachineTrouble trouble => troubles.HandleAsync(trouble),
        HostMachineRecovery recovery => troubles.HandleAsync(recovery),
        _ => throw new InvalidOperationException($"{news.GetType().Name} is no news this version knows."),
    };

    [LoggerMessage(320, LogLevel.Error, "{News} could not be written down; the audit will find it again")]
    private partial void LogNotWritten(HostMachineNews news, Exception exception);
}
