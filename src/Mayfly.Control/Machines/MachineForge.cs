using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Machines;

/// <summary>
/// Makes machines and turns kept ones on: steps 3 and 4 of the main path (Fork, ClonePrep). A row comes first, then the machine, then the
/// row says that it is available.
/// </summary>
public sealed partial class MachineForge(
    HouseDatabase database, IMachineHost host, MachineOperations operations, MachineSettlement settlement, MachineApps apps, HouseChanges changes,
    TimeProvider time, ILogger<MachineForge> logger)
{
    /// <summary>Writes the row of a machine to be made. Faults: NotFound, PoolStopped, PoolExhausted at the maximum, AlreadyExists.</summary>
    /// <param name="pool">Pool it will belong to.</param>
    /// <param name="name">Its name, or null for the first free one of the pool's pattern.</param>
    /// <param name="extra">True when somebody asked for it beyond the spare level.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task<Outcome<MachineRow>> ReserveAsync(string pool, string? name, bool extra, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<MachineRow>>(async context =>
        {
            var row = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
            if (row is null) return PoolFaults.NoPool(pool);
            if (!row.MakesMachines) return PoolFaults.Stopped(row);
            if (await context.Machines.CountAsync(m => m.Pool == pool, cancellationToken) >= row.Settings.Maximum)
                return new Fault(ErrorCode.PoolExhausted, $"The pool '{pool}' is at its maximum of {row.Settings.Maximum} machines.", null, "Raise the pool's maximum, or delete a machine.");
            var chosen = name ?? await FreeNameAsync(context, row.NamePattern, cancellationToken);
            if (await context.Machines.AnyAsync(m => m.Name == chosen, cancellationToken)) return new Fault(ErrorCode.AlreadyExists, $"There is a machine '{chosen}' already.");
            var machine = new MachineRow
            {
                Id = NewId(),
                Name = chosen,
                Pool = pool,
                Image = row.Image,
                Version = row.VersionFor(chosen),
                CreatedAt = time.GetUtcNow(),
                Extra = extra,
            };
            context.Machines.Add(machine);
            return machine;
        }, cancellationToken);

    /// <summary>Makes a reserved machine in the background; the task tells how it went.</summary>
    internal Task<Outcome<Done>> ProvisionAsync(string machineId, string name) => operations.RunAsync(machineId, name, MachineOperations.Provision, ProvisionAsync);

    /// <summary>Turns a kept machine on in the background; the task tells how it went.</summary>
    internal Task<Outcome<Done>> StartAsync(string machineId, string name) => operations.RunAsync(machineId, name, MachineOperations.Start, StartAsync);

    /// <summary>Turns a kept machine on as a part of another operation.</summary>
    internal async Task<Outcome<Done>> StartAsync(MachineOperations.Scope scope)
    {
        scope.Pool = await PoolOfAsync(scope);
        var started = await TryAsync(scope.MachineId, token => host.StartAsync(scope.MachineId, Show(scope), token), scope.Token);
        if (started.TryGet(out var made, out var fault)) return await settlement.StartedAsync(made);
        return scope.Token.IsCancellationRequested ? fault : await settlement.NotStartedAsync(scope.MachineId, fault);
    }

    internal static string NewId() => Guid.NewGuid().ToString("N");

    private async Task<Outcome<Done>> ProvisionAsync(MachineOperations.Scope scope)
    {
        // Made already, but that could not be written down then.
        if (host.Find(scope.MachineId) is { Ready: true } before) return await AgainAsync(scope, before);
        var request = await PrepareAsync(scope);
        if (request is null) return await IsMadeAsync(scope) ? Done.Yes : new Fault(ErrorCode.NotFound, "The machine was deleted before it was made.");
        var made = await TryAsync(request.Hostname, token => host.ProvisionAsync(request, Show(scope), token), scope.Token);
        if (made.TryGet(out var machine, out var fault) && (fault = await apps.AttachAsync(machine, scope.Token)) is null) return await settlement.MadeAsync(machine);
        // From here on nothing is cancelled: what the host has done is written down.
        // Given up is not failed: whoever interrupted it, or the next mayflyd, knows what becomes of the row.
        return scope.Token.IsCancellationRequested ? fault! : await settlement.NotMadeAsync(request.MachineId, fault!);
    }

    /// <summary>What to ask of the host, by the pool as it is now; a machine that waited may have got another version meanwhile.</summary>
    private Task<ProvisionRequest?> PrepareAsync(MachineOperations.Scope scope) => database.WriteAsync(async context =>
    {
        var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == scope.MachineId, scope.Token);
        if (row is null || row.State is not (MachineState.Provisioning or MachineState.ProvisioningError)) return null;
        var pool = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == row.Pool, scope.Token);
        scope.Pool = pool.Name;
        row.MoveTo(MachineState.Provisioning, row.ReadFault());
        (row.Image, row.Version) = (pool.Image, pool.VersionFor(row.Name));
        var script = pool.Settings.PostSync.Count == 0 ? null : new PostSyncScript(pool.Settings.PostSync, pool.Settings.PostSyncTimeoutSeconds);
        return new ProvisionRequest(row.Id, row.Name, row.Source, script)
        {
            Kind = pool.Provisioning,
            Keep = pool.Assignment == PoolAssignment.Dedicated,
            Mac = row.Mac,
        };
    }, scope.Token);

    private async Task<Outcome<Done>> AgainAsync(MachineOperations.Scope scope, HostMachine made)
    {
        scope.Pool = await PoolOfAsync(scope);
        if (await IsMadeAsync(scope)) return Done.Yes;
        // A failure may have been written down for it before this was known.
        await PrepareAsync(scope);
        return await settlement.MadeAsync(made);
    }

    private async Task<string?> PoolOfAsync(MachineOperations.Scope scope)
    {
        await using var context = await database.ReadAsync(scope.Token);
        return await context.Machines.Where(m => m.Id == scope.MachineId).Select(m => m.Pool).SingleOrDefaultAsync(scope.Token);
    }

    private async Task<bool> IsMadeAsync(MachineOperations.Scope scope)
    {
        await using var context = await database.ReadAsync(scope.Token);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Id == scope.MachineId, scope.Token);
        return row is not null && MachineStates.IsMade(row.State);
    }

    private async Task<Outcome<HostMachine>> TryAsync(string machine, Func<CancellationToken, Task<Outcome<HostMachine>>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Fault(ErrorCode.MachineExited, $"'{machine}' was given up before it was ready.", "It was deleted, or mayflyd stopped.");
        }
#pragma warning disable CA1031 // A bug in making one machine must not end the pool; it is told in full in the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroke(machine, exception);
            return new Fault(ErrorCode.MachineStartFailed, $"Making '{machine}' failed in an unforeseen way.", exception.Message, "See the log of mayflyd.");
        }
    }

    private Action<HostMachine> Show(MachineOperations.Scope scope) => machine =>
    {
        scope.Show(machine);
        changes.Announce();
    };

    private static async Task<string> FreeNameAsync(MayflyDbContext context, string pattern, CancellationToken cancellationToken)
    {
        var taken = await MachineNames.Of(pattern, context.Machines).Select(m => m.Name).ToListAsync(cancellationToken);
        return MachineNames.Free(pattern, taken.ToHashSet()).First();
    }

    [LoggerMessage(300, LogLevel.Error, "Making {Machine} failed in an unforeseen way")]
    private partial void LogBroke(string machine, Exception exception);
}
