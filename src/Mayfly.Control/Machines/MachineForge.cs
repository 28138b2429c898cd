using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Machines;

/// <summary>Makes machines: steps 3 and 4 of the main path (Fork, ClonePrep), from the row before the fork to the row marked Available.</summary>
public sealed partial class MachineForge(
    HouseDatabase database, IMachineHost host, ForksInFlight flights, MachineLosses losses, PoolHealth health, PoolQueue queue,
    HouseChanges changes, EventLog events, BackgroundJobs jobs, TimeProvider time, ILogger<MachineForge> logger)
{
    /// <summary>Writes the row of a machine to be forked. Faults: NotFound, PoolExhausted at the maximum, AlreadyExists.</summary>
    /// <param name="pool">Pool it will belong to.</param>
    /// <param name="name">Its name, or null for the first free one of the pool's pattern.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task<Outcome<MachineRow>> ReserveAsync(string pool, string? name, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<MachineRow>>(async context =>
        {
            var row = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
            if (row is null) return new Fault(ErrorCode.NotFound, $"There is no pool '{pool}'.");
            if (await context.Machines.CountAsync(m => m.Pool == pool, cancellationToken) >= row.Maximum)
                return new Fault(ErrorCode.PoolExhausted, $"The pool '{pool}' is at its maximum of {row.Maximum} machines.");
            var taken = (await context.Machines.Select(m => m.Name).ToListAsync(cancellationToken)).ToHashSet();
            var chosen = name ?? MachineNames.Free(row.NamePattern, taken).First();
            if (taken.Contains(chosen)) return new Fault(ErrorCode.AlreadyExists, $"There is a machine '{chosen}' already.");
            var machine = new MachineRow
            {
                Id = Guid.NewGuid().ToString("N"), Name = chosen, Pool = pool, State = MachineState.Provisioning,
                Image = row.Image, Version = row.Version, CreatedAt = time.GetUtcNow(),
            };
            context.Machines.Add(machine);
            return machine;
        }, cancellationToken);

    /// <summary>Forks a reserved machine in the background; the task tells how it went.</summary>
    internal Task<Outcome<Done>> Start(PoolSpec pool, MachineRow machine)
    {
        // Begun here and not in the job: from now on it counts as in flight.
        var flight = flights.Begin(machine.Id, CancellationToken.None);
        return jobs.Start($"fork {machine.Name}", token => RunAsync(pool, machine, flight, token));
    }

    private async Task<Outcome<Done>> RunAsync(PoolSpec pool, MachineRow machine, ForksInFlight.Flight flight, CancellationToken stopping)
    {
        try
        {
            using var stop = stopping.Register(flight.Cancel);
            var forked = await ForkAsync(pool, machine, flight);
            // From here on nothing is cancelled: what the host has done is written down.
            return forked.TryGet(out var hostMachine, out var fault)
                ? await SettleAsync(machine, hostMachine)
                : await SettleFailureAsync(machine, fault);
        }
        finally
        {
            flights.End(machine.Id);
            queue.SlotFreed();
            queue.Wake(machine.Pool);
            changes.Announce();
        }
    }

    private async Task<Outcome<HostMachine>> ForkAsync(PoolSpec pool, MachineRow machine, ForksInFlight.Flight flight)
    {
        var postSync = pool.PostSync.Count == 0 ? null : new PostSyncScript(pool.PostSync, pool.PostSyncTimeoutSeconds);
        try
        {
            return await host.ForkAsync(new ForkRequest(machine.Id, machine.Name, pool.Image, postSync), running =>
            {
                flight.Running = running;
                changes.Announce();
            }, flight.Token);
        }
#pragma warning disable CA1031 // A bug in making one machine must not end the pool; it is told in full in the log.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogForkBroke(machine.Name, exception);
            return new Fault(ErrorCode.MachineStartFailed, $"Forking '{machine.Name}' failed in an unforeseen way.", exception.Message, "See the log of mayflyd.");
        }
    }

    private async Task<Outcome<Done>> SettleAsync(MachineRow machine, HostMachine made)
    {
        var kept = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machine.Id && m.State == MachineState.Provisioning);
            if (row is null) return false;
            row.State = MachineState.Available;
            (row.Address, row.Mac, row.ProcessId) = (made.Network?.Address, made.Network?.Mac, made.ProcessId);
            (row.ShellReady, row.RunningMs, row.ReadyMs) = (made.Timeline.ShellReady, made.Timeline.RunningMs, made.Timeline.ReadyMs);
            events.Add(context, new HouseEvent(
                EventKinds.MachineReady, $"'{machine.Name}' is available, {made.Timeline.ReadyMs:F0} ms after it was asked for.", Pool: machine.Pool, Machine: machine.Name));
            return true;
        }, CancellationToken.None);
        if (!kept)
        {
            // It was deleted meanwhile.
            await host.DestroyAsync(machine.Id);
            return new Fault(ErrorCode.NotFound, $"'{machine.Name}' was deleted while it was being made.");
        }

        health.Clear(machine.Pool);
        // Its end may have been reported before the row said that it lives.
        if (host.Machines.All(m => m.MachineId != machine.Id))
            await losses.HandleAsync(new HostMachineExit(machine.Id, new Fault(ErrorCode.MachineExited, $"'{machine.Name}' ended as soon as it was made.")));
        return Done.Yes;
    }

    private async Task<Outcome<Done>> SettleFailureAsync(MachineRow machine, Fault fault)
    {
        await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machine.Id && m.State == MachineState.Provisioning);
            if (row is null) return 0;
            row.State = MachineState.ProvisioningError;
            row.Fault = JsonSerializer.Serialize(fault);
            return events.Add(context, new HouseEvent(
                EventKinds.MachineFailed, $"'{machine.Name}' could not be made. {fault}", Pool: machine.Pool, Machine: machine.Name, Level: "error"));
        }, CancellationToken.None);
        health.Failed(machine.Pool, fault);
        return fault;
    }

    [LoggerMessage(300, LogLevel.Error, "Forking {Machine} failed in an unforeseen way")]
    private partial void LogForkBroke(string machine, Exception exception);
}
