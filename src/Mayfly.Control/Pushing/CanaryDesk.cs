using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pushing;

/// <summary>A second image version on chosen machines of a pool: set, cancel, promote. The planner moves the machines like those of a push.</summary>
public sealed class CanaryDesk(
    HouseDatabase database, IImageLibrary library, PushDesk pushes, PoolCatalog pools, RetiredImages retired, PoolQueue queue, HouseChanges changes, EventLog events)
{
    /// <summary>Puts a version on machines, in place of a canary before. Faults: NotFound, InvalidRequest, ImageNotPublished, Busy during a push.</summary>
    public async Task<Outcome<PoolView>> SetAsync(string pool, CanaryRequest request, string actor, CancellationToken cancellationToken)
    {
        var images = await library.ListAsync(cancellationToken);
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Pools.SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
            if (row is null) return PoolFaults.NoPool(pool);
            if (await context.Pushes.AnyAsync(p => p.Pool == pool && p.FinishedAt == null, cancellationToken))
                return new Fault(ErrorCode.Busy, $"A push of the pool '{pool}' is in progress.", null, "Wait until it has ended, or cancel it.");
            var names = await context.Machines.Where(m => m.Pool == pool).Select(m => m.Name).ToListAsync(cancellationToken);
            if (Complaint(row, request, names) is { } complaint) return complaint;
            var version = images.FirstOrDefault(i => i.Name == row.Image)?.Versions.FirstOrDefault(v => v.Version == request.Version);
            if (version is null) return new Fault(ErrorCode.NotFound, $"The image '{row.Image}' has no version '{request.Version}'.", null, "Build or import it first.");
            if (version.Warm is null && row.Provisioning == ProvisioningKind.Instant)
                return new Fault(ErrorCode.ImageNotPublished, $"{row.Image}@{request.Version} has not been published.", null, $"Publish it: mayfly image publish {row.Image}@{request.Version}");
            if (row.CanaryVersion is { } earlier && earlier != request.Version) retired.Add(context, row.Image, [earlier]);
            var before = Chosen(row);
            (row.CanaryVersion, row.CanaryMachines) = (request.Version, request.Machines.Distinct().ToList());
            events.Add(context, new HouseEvent(
                EventKinds.CanaryChanged, $"{string.Join(", ", row.CanaryMachines)} of '{pool}' get version {request.Version}.", actor, pool)
            { Before = before, After = Chosen(row) });
            return null;
        }, cancellationToken);
        return fault ?? await AnswerAsync(pool, cancellationToken);
    }

    /// <summary>Gives the canary up: its machines go back to the pool's version. Faults: NotFound.</summary>
    public async Task<Outcome<PoolView>> CancelAsync(string pool, string actor, CancellationToken cancellationToken)
    {
        var cleared = await ClearAsync(pool, actor, cancellationToken);
        return cleared.Fault is { } fault ? fault : await AnswerAsync(pool, cancellationToken);
    }

    /// <summary>Pushes the canary's version to the whole pool. Faults: NotFound, Busy, InvalidRequest.</summary>
    public async Task<Outcome<PushView>> PromoteAsync(string pool, PromoteCanaryRequest request, string actor, CancellationToken cancellationToken)
    {
        var found = await pools.FindAsync(pool, cancellationToken);
        if (!found.TryGet(out var view, out var fault)) return fault;
        if (view.Canary is not { } canary) return NoCanary(pool);
        var push = new PushImageRequest { Version = canary.Version, InUse = request.InUse, GraceSeconds = request.GraceSeconds };
        // The canary ends when the push begins to roll: its machines are right for it already, and go nowhere in between.
        return await pushes.BeginAsync(pool, push, actor, cancellationToken);
    }

    private Task<Outcome<Done>> ClearAsync(string pool, string actor, CancellationToken cancellationToken) => database.WriteAsync<Outcome<Done>>(async context =>
    {
        var row = await context.Pools.SingleOrDefaultAsync(p => p.Name == pool, cancellationToken);
        if (row is null) return PoolFaults.NoPool(pool);
        if (row.CanaryVersion is not { } version) return NoCanary(pool);
        retired.Add(context, row.Image, [version]);
        var before = Chosen(row);
        (row.CanaryVersion, row.CanaryMachines) = (null, []);
        events.Add(context, new HouseEvent(EventKinds.CanaryChanged, $"The canary {version} of '{pool}' was given up.", actor, pool) { Before = before });
        return Done.Yes;
    }, cancellationToken);

    private static CanaryRequest? Chosen(PoolRow row) => row.CanaryVersion is { } version ? new CanaryRequest(version, row.CanaryMachines) : null;

    private async Task<Outcome<PoolView>> AnswerAsync(string pool, CancellationToken cancellationToken)
    {
        queue.Wake(pool);
        changes.Announce();
        return await pools.FindAsync(pool, cancellationToken);
    }

    private static Fault? Complaint(PoolRow pool, CanaryRequest request, List<string> names)
    {
        if (request.Machines is not { Count: > 0 }) return new Fault(ErrorCode.InvalidRequest, "A canary needs at least one machine.", null, "Name machines of the pool.");
        if (request.Version == pool.Version) return new Fault(ErrorCode.InvalidRequest, $"{request.Version} is the version of the pool already.");
        var unknown = request.Machines.Except(names).ToList();
        return unknown.Count == 0 ? null : new Fault(ErrorCode.NotFound, $"The pool '{pool.Name}' has no machine {string.Join(", ", unknown.Select(name => $"'{name}'"))}.");
    }

    private static Fault NoCanary(string pool) => new(ErrorCode.NotFound, $"The pool '{pool}' has no canary.");
}
