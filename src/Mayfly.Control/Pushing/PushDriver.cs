using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Operations;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pushing;

/// <summary>
/// Moves the push of a pool on, one state at a time, whenever the pool is looked at: (1) publish the version beside the old one; (2) wait
/// for the start time; (3) let the pool want the new version, which makes the planner replace machines; (4) log off who does not go by the
/// end of the grace time; (5) end, when no machine of another version is left. Each step is written down, so that a mayflyd that comes
/// after a killed one goes on from there.
/// </summary>
public sealed class PushDriver(
    HouseDatabase database, IImageLibrary library, ImageJobs images, OperationBoard board, SessionDesk desk, RetiredImages retired, PoolQueue queue,
    HouseChanges changes, EventLog events, BackgroundJobs jobs, GraceTimes graces, TimeProvider time)
{
    /// <summary>Moves the push of a pool on as far as it goes now.</summary>
    internal async Task AdvanceAsync(string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var push = await context.Pushes.AsNoTracking().SingleOrDefaultAsync(p => p.Pool == pool && p.FinishedAt == null, cancellationToken);
        if (push is null) return;
        var row = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == pool, cancellationToken);
        // One that is on its way out is pushed nowhere any more.
        if (row.Deleting) return;
        switch (push.State)
        {
            case PushState.Publishing: await PublishAsync(push, row, cancellationToken); break;
            case PushState.Scheduled: await StartAsync(push, cancellationToken); break;
            case PushState.Rolling: await RollAsync(push, cancellationToken); break;
        }
    }

    /// <summary>Step 1. Machines that boot need no warm image.</summary>
    private async Task PublishAsync(PushRow push, PoolRow pool, CancellationToken cancellationToken)
    {
        // The operation is looked at before the library: one that ends in between has published.
        var known = push.OperationId is null ? default : board.Find(push.OperationId);
        if (pool.Provisioning != ProvisioningKind.Instant || await IsPublishedAsync(push.Target, cancellationToken))
        {
            await MoveAsync(push.Id, (_, p, _) => p.State = PushState.Scheduled, cancellationToken);
            queue.Wake(push.Pool);
            return;
        }

        if (push.OperationId is not null && known.Fault is null && known.Value.FinishedAt is not null)
        {
            var fault = known.Value.Fault ?? new Fault(ErrorCode.PublishFailed, $"{push.Target} was published, but is not there any more.");
            await MoveAsync(push.Id, (c, p, _) => Fail(c, p, fault), cancellationToken);
        }
        else if (push.OperationId is null || known.Fault is not null)
        {
            await BeginPublishAsync(push, cancellationToken);
        }
    }

    private async Task BeginPublishAsync(PushRow push, CancellationToken cancellationToken)
    {
        var begun = images.Publish(push.Image, new PublishImageRequest(push.ToVersion), push.Actor);
        if (begun.TryGet(out var operation, out var fault)) await MoveAsync(push.Id, (_, p, _) => p.OperationId = operation.Id, cancellationToken);
        // The image is being worked on for somebody else: asked again when that is over.
        else if (fault.Code == ErrorCode.Busy) queue.WakeAt(push.Pool, time.GetUtcNow() + TimeSpan.FromSeconds(1));
        else await MoveAsync(push.Id, (c, p, _) => Fail(c, p, fault), cancellationToken);
    }

    /// <summary>Steps 2 and 3.</summary>
    private async Task StartAsync(PushRow push, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (push.StartAt > now)
        {
            queue.WakeAt(push.Pool, push.StartAt);
            return;
        }

        // Counted from before it is written down: a wall clock that jumps right then takes nothing of it.
        if (push.InUse == InUseRule.ForceLogoff) graces.Begin(push.Id, TimeSpan.FromSeconds(push.GraceSeconds));
        await MoveAsync(push.Id, (context, p, pool) =>
        {
            (p.State, p.StartAt) = (PushState.Rolling, now);
            p.ForceAt = p.InUse == InUseRule.ForceLogoff ? now + TimeSpan.FromSeconds(p.GraceSeconds) : null;
            p.Total = context.Machines.Count(m => m.Pool == pool.Name);
            pool.Version = p.ToVersion;
            // A canary of the version has shown what it was for.
            if (pool.CanaryVersion == p.ToVersion) (pool.CanaryVersion, pool.CanaryMachines) = (null, []);
            var kept = KeptVersions.After(pool, p.FromVersion).ToList();
            retired.Add(context, pool.Image, pool.KeptVersions.Append(p.FromVersion).Except(kept).Where(version => version != pool.Version));
            pool.KeptVersions = kept;
            events.Add(context, new HouseEvent(EventKinds.PushRolling, $"Machines of '{pool.Name}' are being replaced by {p.ToVersion}.", p.Actor, pool.Name));
        }, cancellationToken);
        queue.Wake(push.Pool);
    }

    /// <summary>Step 4.</summary>
    private async Task RollAsync(PushRow push, CancellationToken cancellationToken)
    {
        if (push.FailedTooOften)
        {
            await MoveAsync(push.Id, Pause, cancellationToken);
            return;
        }

        if (push.ForceAt is { } due)
        {
            var left = graces.LeftOf(push.Id, due);
            if (left > TimeSpan.Zero) queue.WakeAt(push.Pool, time.GetUtcNow() + left);
            else await ForceOffAsync(push, cancellationToken);
        }
    }

    /// <summary>Step 5: ends a push that rolls, called when the planner has nothing left to do for its pool.</summary>
    internal async Task CompleteAsync(string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var push = await context.Pushes.AsNoTracking().SingleOrDefaultAsync(p => p.Pool == pool && p.State == PushState.Rolling, cancellationToken);
        if (push is not null) await MoveAsync(push.Id, CompleteIfDone, cancellationToken);
    }

    private async Task ForceOffAsync(PushRow push, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pool = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == push.Pool, cancellationToken);
        var open = await context.Sessions.AsNoTracking().Where(s => s.Pool == push.Pool && s.EndedAt == null)
            .Join(context.Machines, s => s.MachineId, m => m.Id, (s, m) => new { s.Id, m.Name, m.Version }).ToListAsync(cancellationToken);
        foreach (var session in open.Where(session => session.Version != pool.VersionFor(session.Name)))
            _ = jobs.Start($"log off {session.Name}", token => desk.ForceOffAsync(session.Id, token));
    }

    private void CompleteIfDone(MayflyDbContext context, PushRow push, PoolRow pool)
    {
        // A failure written down since the push was looked at: the next look pauses it.
        if (push.State != PushState.Rolling || push.FailedTooOften || pool.Deleting || pool.StoppedBy is not null) return;
        var machines = MachineTally.Of(context.Machines.Where(m => m.Pool == pool.Name), pool).ToList();
        var count = PushCount.Of(pool, machines);
        if (count.Remaining > 0 || count.Waiting > 0 || machines.Exists(m => m.State == MachineState.Provisioning)) return;
        push.End(PushState.Completed, time.GetUtcNow());
        events.Add(context, new HouseEvent(EventKinds.PushEnded, $"All machines of '{pool.Name}' are of version {push.ToVersion}.", push.Actor, pool.Name));
        queue.Wake(PoolQueue.Everything);
    }

    private void Pause(MayflyDbContext context, PushRow push, PoolRow pool)
    {
        var why = new Fault(
            ErrorCode.PoolStopped, $"The push of '{pool.Name}' to {push.ToVersion} was paused: {push.Failed} of {push.Total} machines could not be made.", pool.StopFault?.What,
            $"See the events of the pool; then: mayfly pool push resume {pool.Name}, or mayfly pool rollback {pool.Name}");
        push.Hold(why);
        events.Add(context, new HouseEvent(EventKinds.PushPaused, why.ToString(), Pool: pool.Name, Level: "error"));
    }

    private void Fail(MayflyDbContext context, PushRow push, Fault fault)
    {
        push.End(PushState.Failed, time.GetUtcNow(), fault);
        events.Add(context, new HouseEvent(EventKinds.PushEnded, $"The push of '{push.Pool}' to {push.ToVersion} failed. {fault}", push.Actor, push.Pool, Level: "error"));
    }

    /// <summary>Changes a push that is still what it was when it was looked at.</summary>
    private async Task MoveAsync(string id, Action<MayflyDbContext, PushRow, PoolRow> change, CancellationToken cancellationToken)
    {
        await database.WriteAsync(async context =>
        {
            var push = await context.Pushes.SingleOrDefaultAsync(p => p.Id == id && p.FinishedAt == null, cancellationToken);
            if (push is null) return false;
            change(context, push, await context.Pools.SingleAsync(p => p.Name == push.Pool, cancellationToken));
            return true;
        }, cancellationToken);
        changes.Announce();
    }

    private async Task<bool> IsPublishedAsync(ImageVersion target, CancellationToken cancellationToken) =>
        (await library.ListAsync(cancellationToken)).Any(image => image.Name == target.Name && image.Versions.Any(version => version.Version == target.Version && version.Warm is not null));
}
