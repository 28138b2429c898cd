using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Machines;

/// <summary>When the house stops and was told so, destroys its machines, after all else of the control plane has stopped.</summary>
internal sealed class HouseStop(ControlOptions options, HouseDatabase database, IMachineHost host, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!options.StopMachinesOnExit) return;
        await Task.WhenAll(host.Machines.Select(machine => host.DestroyAsync(machine.MachineId)));
        var now = time.GetUtcNow();
        // No token: the machines are gone, and that is written down.
        await database.WriteAsync(async context =>
        {
            await context.Sessions.Where(s => s.EndedAt == null).ExecuteUpdateAsync(s => s
                .SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndedBy, SessionEnds.HouseStopped).SetProperty(row => row.Connected, false));
            return await context.Machines.ExecuteDeleteAsync();
        }, CancellationToken.None);
    }
}
