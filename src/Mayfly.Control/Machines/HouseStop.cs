using Mayfly.Contracts.Api;
using Mayfly.Control.Leadership;
using Mayfly.Control.Personas;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Control.Volumes;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Machines;

/// <summary>When the house stops and was told so, ends its machines, after all else of the control plane has stopped. Owned ones keep their disks.</summary>
internal sealed class HouseStop(ControlOptions options, HouseDatabase database, IMachineHost host, PersonaFarewell farewell, VolumeRelease release, MachineLeases leases, HouseTerm term, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Of a server whose place another has taken they are no longer.
        if (!options.StopMachinesOnExit || !term.Holds) return;
        // No token: the machines end, and that is written down.
        var owned = await OwnedAsync();
        await Task.WhenAll(host.Machines.Select(machine => EndAsync(machine.MachineId, owned)));
        await database.WriteAsync(async context =>
        {
            foreach (var session in await context.Sessions.Where(s => s.EndedAt == null).ToListAsync()) session.End(SessionEnds.HouseStopped, time.GetUtcNow());
            foreach (var machine in await context.Machines.Where(m => owned.Contains(m.Id)).ToListAsync()) TurnOff(machine);
            foreach (var gone in await context.Machines.Where(m => !owned.Contains(m.Id)).Select(m => m.Id).ToListAsync()) await leases.FreeAsync(context, gone);
            return await context.Machines.Where(m => !owned.Contains(m.Id)).ExecuteDeleteAsync();
        }, CancellationToken.None);
    }

    private async Task EndAsync(string machine, List<string> owned)
    {
        if (owned.Contains(machine))
        {
            await host.StopAsync(machine, Grace);
            return;
        }

        await farewell.SaveAsync(machine, waits: false);
        await release.ReleaseAsync(machine);
        await host.DestroyAsync(machine);
    }

    private async Task<List<string>> OwnedAsync()
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Machines.Where(m => m.Owner != null && m.State != MachineState.Deleting).Select(m => m.Id).ToListAsync();
    }

    private static void TurnOff(MachineRow machine)
    {
        machine.User = null;
        machine.ProcessId = null;
        if (MachineStates.CanMove(machine.State, MachineState.Provisioned)) machine.MoveTo(MachineState.Provisioned);
    }
}
