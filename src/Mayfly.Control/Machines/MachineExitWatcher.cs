using Mayfly.Engine;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Machines;

/// <summary>Listens to the host for machines that end by themselves. Should the host stop telling, mayflyd stops.</summary>
internal sealed class MachineExitWatcher(IMachineHost host, MachineLosses losses) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var exit in host.WatchExitsAsync(stoppingToken)) await losses.HandleAsync(exit);
        if (!stoppingToken.IsCancellationRequested) throw new InvalidOperationException("The host stopped reporting the ends of machines.");
    }
}
