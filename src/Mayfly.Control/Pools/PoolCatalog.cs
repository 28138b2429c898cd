using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Pushing;
using Mayfly.Control.Settings;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pools;

/// <summary>Pools as an administrator sees and handles them.</summary>
public sealed class PoolCatalog(
    HouseDatabase database, IImageLibrary library, PoolHealth health, PoolQueue queue, RetiredImages retired, HouseChanges changes, EventLog events, TimeProvider time)
{
    /// <summary>The pools of a scope, by name.</summary>
    public async Task<IReadOnlyList<PoolView>> ListAsync(PoolScope scope, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pools = (await context.Pools.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken)).FindAll(p => scope.Contains(p.Name));
        var machines = (await MachineTally.Of(context.Machines, pools).ToListAsync(cancellationToken)).ToLookup(m => m.Pool);
        var pushes = (await Recent(context).ToListAsync(cancellationToken)).ToLookup(p => p.Pool);
        return pools.ConvertAll(pool => PoolViews.Of(pool, [.. machines[pool.Name]], Latest(pushes[pool.Name]), health.ProblemOf(pool.Name), time.GetUtcNow()));
    }

    /// <summary>One pool. Faults: NotFound.</summary>
    public async Task<Outcome<PoolView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pool = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
        if (pool is null) return PoolFaults.NoPool(name);
        var machines = await MachineTally.Of(context.Machines.Where(m => m.Pool == name), pool).ToListAsync(cancellationToken);
        var pushes = await Recent(context).Where(p => p.Pool == name).ToListAsync(cancellationToken);
        return PoolViews.Of(pool, machines, Latest(pushes), health.ProblemOf(name), time.GetUtcNow());
    }

    /// <summary>Makes a pool. Faults: InvalidRequest, AlreadyExists, NotFound, ImageNotPublished.</summary>
    public async Task<Outcome<PoolView>> CreateAsync(CreatePoolRequest request, string actor, CancellationToken cancellationToken)
    {
        if (PoolRules.Complaint(request) is { } complaint) return complaint;
        var chosen = await ChooseVersionAsync(request, cancellationToken);
        if (!chosen.TryGet(out var version, out var fault)) return fault;
        var row = new PoolRow
        {
            Name = request.Name,
            Image = request.Image,
            Version = version,
            Assignment = request.Assignment,
            Provisioning = request.Provisioning,
            NamePattern = PoolRules.PatternOf(request),
            Settings = PoolRules.Clean(request),
            CreatedAt = time.GetUtcNow(),
        };
        var added = await database.WriteAsync(async context =>
        {
            if (await context.Pools.AnyAsync(p => p.Name == row.Name, cancellationToken)) return false;
            context.Pools.Add(row);
            events.Add(context, new HouseEvent(EventKinds.PoolCreated, $"The pool '{row.Name}' of {row.Image}@{row.Version} was made.", actor, row.Name) { After = request });
            return true;
        }, cancellationToken);
        if (!added) return new Fault(ErrorCode.AlreadyExists, $"There is a pool '{row.Name}' already.", null, "Choose another name.");
        health.Forget(row.Name);
        return await AnswerAsync(row.Name, cancellationToken);
    }

    /// <summary>The settings of a pool. Faults: NotFound.</summary>
    public async Task<Outcome<PoolSettings>> SettingsAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken) is { } pool ? pool.Settings : PoolFaults.NoPool(name);
    }

    /// <summary>Changes the settings of a pool; enabling provisioning forgets why it was stopped. Faults: InvalidRequest, NotFound; Changed when they are not as expected.</summary>
    /// <param name="name">Which pool.</param>
    /// <param name="settings">How they are to be.</param>
    /// <param name="actor">Who changes them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="expected">Looks at those that hold and says whether they are what the caller has seen; null when that does not matter.</param>
    public async Task<Outcome<PoolView>> ChangeAsync(
        string name, PoolSettings settings, string actor, CancellationToken cancellationToken, Predicate<PoolSettings>? expected = null)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var pool = await context.Pools.SingleOrDefaultAsync(p => p.Name == name && !p.Deleting, cancellationToken);
            if (pool is null) return PoolFaults.NoPool(name);
            if (PoolRules.Complaint(settings, pool) is { } complaint) return complaint;
            if (expected is not null && !expected(pool.Settings)) return SettingsStore.ChangedMeanwhile($"The settings of the pool '{name}' were");
            var before = pool.Settings;
            pool.Settings = PoolRules.Clean(settings);
            if (settings.ProvisioningEnabled) pool.StoppedBy = null;
            var kept = pool.KeptVersions.Take(settings.KeepVersions).ToList();
            retired.Add(context, pool.Image, pool.KeptVersions.Except(kept));
            pool.KeptVersions = kept;
            events.Add(context, new HouseEvent(EventKinds.PoolChanged, $"The settings of the pool '{name}' were changed.", actor, name) { Before = before, After = pool.Settings });
            return null;
        }, cancellationToken);
        if (fault is not null) return fault;
        health.Forget(name);
        return await AnswerAsync(name, cancellationToken);
    }

    /// <summary>Deletes a pool with its machines; returns when all are gone. Faults: NotFound, Busy while sessions are open or desktops are owned, and not forced.</summary>
    /// <param name="name">Which.</param>
    /// <param name="force">End open sessions and throw owned desktops away rather than refuse.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Stops waiting, not the deletion.</param>
    public async Task<Outcome<Done>> DeleteAsync(string name, bool force, string actor, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var pool = await context.Pools.SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
            if (pool is null) return PoolFaults.NoPool(name);
            var held = await context.Machines.Where(m => m.Pool == name && (m.User != null || m.Owner != null)).ToListAsync(cancellationToken);
            if (held.Count > 0 && !force)
                return new Fault(ErrorCode.Busy, $"{held.Count} machines of the pool '{name}' are in use or somebody's.", null, "Log the sessions off first, or delete with force=true.");
            // What nobody has any more can go at once.
            foreach (var machine in held) machine.User = null;
            if (!pool.Deleting) events.Add(context, new HouseEvent(EventKinds.PoolDeleted, $"The pool '{name}' is being deleted.", actor, name) { Before = pool.Settings });
            retired.Add(context, pool.Image, pool.CanaryVersion is { } canary ? pool.KeptVersions.Append(canary) : pool.KeptVersions);
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

    private async Task<Outcome<PoolView>> AnswerAsync(string name, CancellationToken cancellationToken)
    {
        queue.Wake(name);
        changes.Announce();
        return await FindAsync(name, cancellationToken);
    }

    private async Task<Outcome<string>> ChooseVersionAsync(CreatePoolRequest request, CancellationToken cancellationToken)
    {
        var image = (await library.ListAsync(cancellationToken)).FirstOrDefault(i => i.Name == request.Image);
        if (image is null) return new Fault(ErrorCode.NotFound, $"There is no image '{request.Image}'.", null, "Build or import it first.");
        var forks = request.Provisioning == ProvisioningKind.Instant;
        var version = image.Versions.FirstOrDefault(v => request.Version is null ? !forks || v.Warm is not null : v.Version == request.Version);
        if (version is null && (request.Version is not null || image.Versions.Count == 0))
            return new Fault(ErrorCode.NotFound, $"The image '{image.Name}' has no version '{request.Version}'.", null, "Build or import it first.");
        return version is null || (forks && version.Warm is null)
            ? new Fault(ErrorCode.ImageNotPublished, $"The image '{image.Name}' has not been published.", "Instant machines are forked from warm images.", $"Publish it: mayfly image publish {image.Name}")
            : version.Version;
    }

    /// <summary>Of each pool the push that is under way, and the newest.</summary>
    private static IQueryable<PushRow> Recent(MayflyDbContext context) =>
        context.Pushes.AsNoTracking().Where(p => p.FinishedAt == null || !context.Pushes.Any(later => later.Pool == p.Pool && later.AskedAt > p.AskedAt));

    private static PushRow? Latest(IEnumerable<PushRow> pushes) => pushes.OrderByDescending(p => p.FinishedAt is null).ThenByDescending(p => p.AskedAt).FirstOrDefault();
}
