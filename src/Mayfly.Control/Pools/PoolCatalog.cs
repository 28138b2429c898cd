using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pools;

/// <summary>Pools as an administrator sees and handles them.</summary>
public sealed class PoolCatalog(
    HouseDatabase database, IImageLibrary library, PoolHealth health, PoolQueue queue, HouseChanges changes, EventLog events, TimeProvider time)
{
    /// <summary>All pools by name.</summary>
    public async Task<IReadOnlyList<PoolView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pools = await context.Pools.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var states = await context.Machines.Select(m => new { m.Pool, m.State }).ToListAsync(cancellationToken);
        return pools.ConvertAll(pool => View(pool, states.Where(m => m.Pool == pool.Name).Select(m => m.State).ToList()));
    }

    /// <summary>One pool. Faults: NotFound.</summary>
    public async Task<Outcome<PoolView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pool = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
        if (pool is null) return NoPool(name);
        return View(pool, await context.Machines.Where(m => m.Pool == name).Select(m => m.State).ToListAsync(cancellationToken));
    }

    /// <summary>Makes a pool. Faults: InvalidRequest, AlreadyExists, NotFound, ImageNotPublished.</summary>
    public async Task<Outcome<PoolView>> CreateAsync(CreatePoolRequest request, string actor, CancellationToken cancellationToken)
    {
        if (PoolRules.Complaint(request) is { } complaint) return complaint;
        var chosen = await ChooseVersionAsync(request, cancellationToken);
        if (!chosen.TryGet(out var version, out var fault)) return fault;
        var row = new PoolRow
        {
            Name = request.Name, DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? request.Name : request.DisplayName.Trim(),
            Image = request.Image, Version = version, Spare = request.Spare, Maximum = request.Maximum, NamePattern = PoolRules.PatternOf(request),
            PostSync = JsonSerializer.Serialize(request.PostSync), PostSyncTimeoutSeconds = request.PostSyncTimeoutSeconds, CreatedAt = time.GetUtcNow(),
        };
        var added = await database.WriteAsync(async context =>
        {
            if (await context.Pools.AnyAsync(p => p.Name == row.Name, cancellationToken)) return false;
            context.Pools.Add(row);
            events.Add(context, new HouseEvent(EventKinds.PoolCreated, $"The pool '{row.Name}' of {row.Image}@{row.Version} was made.", actor, row.Name));
            return true;
        }, cancellationToken);
        if (!added) return new Fault(ErrorCode.AlreadyExists, $"There is a pool '{row.Name}' already.", null, "Choose another name.");
        queue.Wake(row.Name);
        changes.Announce();
        return View(row, []);
    }

    /// <summary>Deletes a pool with its machines; returns when all are gone. Faults: NotFound, Busy while sessions are open and not forced.</summary>
    /// <param name="name">Which.</param>
    /// <param name="force">End open sessions rather than refuse.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Stops waiting, not the deletion.</param>
    public async Task<Outcome<Done>> DeleteAsync(string name, bool force, string actor, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var pool = await context.Pools.SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
            if (pool is null) return NoPool(name);
            var inUse = await context.Machines.Where(m => m.Pool == name && (m.State == MachineState.Connected || m.State == MachineState.Disconnected)).ToListAsync(cancellationToken);
            if (inUse.Count > 0 && !force)
                return new Fault(ErrorCode.Busy, $"{inUse.Count} machines of the pool '{name}' are in use.", null, "Log the sessions off first, or delete with force=true.");
            foreach (var machine in inUse) machine.State = MachineState.AlreadyUsed;
            if (!pool.Deleting) events.Add(context, new HouseEvent(EventKinds.PoolDeleted, $"The pool '{name}' is being deleted.", actor, name));
            pool.Deleting = true;
            return null;
        }, cancellationToken);
        if (fault is not null) return fault;
        queue.Wake(name);
        while (true)
        {
            var changed = changes.Next;
            if ((await FindAsync(name, cancellationToken)).Fault is not null) return Done.Yes;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private async Task<Outcome<string>> ChooseVersionAsync(CreatePoolRequest request, CancellationToken cancellationToken)
    {
        var image = (await library.ListAsync(cancellationToken)).FirstOrDefault(i => i.Name == request.Image);
        if (image is null) return new Fault(ErrorCode.NotFound, $"There is no image '{request.Image}'.", null, "Build or import it first.");
        var version = image.Versions.FirstOrDefault(v => request.Version is null ? v.Warm is not null : v.Version == request.Version);
        if (version is null && request.Version is not null) return new Fault(ErrorCode.NotFound, $"The image '{image.Name}' has no version '{request.Version}'.");
        return version?.Warm is null
            ? new Fault(ErrorCode.ImageNotPublished, $"The image '{image.Name}' has not been published.", "Machines are forked from warm images.", $"Publish it: mayfly image publish {image.Name}")
            : version.Version;
    }

    private PoolView View(PoolRow pool, List<MachineState> states) => new(
        pool.Name, pool.DisplayName, pool.Image, pool.Version, pool.Spare, pool.Maximum, pool.NamePattern, pool.PostSyncCommand,
        pool.PostSyncTimeoutSeconds, states.Count(s => s == MachineState.Available),
        states.Count(s => MachineLosses.IsSettled(s) && s != MachineState.Available), states.Count, health.ProblemOf(pool.Name));

    private static Fault NoPool(string name) => new(ErrorCode.NotFound, $"There is no pool '{name}'.");
}
