using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pushing;

/// <summary>Push image as an administrator handles it: begin, pause, resume, cancel, roll back. The driver does what it says.</summary>
public sealed class PushDesk(
    HouseDatabase database, IImageLibrary library, PushReader reader, RetiredImages retired, PoolQueue queue, PoolHealth health, HouseChanges changes, EventLog events,
    TimeProvider time)
{
    private const int LongestWarning = 200;
    private const int LongestGrace = 86_400;

    /// <summary>Begins a push. Faults: NotFound, InvalidRequest, Busy while one is in progress.</summary>
    public async Task<Outcome<PushView>> BeginAsync(string pool, PushImageRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Complaint(request) is { } complaint) return complaint;
        var asked = await FindPoolAsync(pool, cancellationToken);
        if (!asked.TryGet(out var row, out var fault)) return fault;
        var chosen = await ChooseVersionAsync(row.Image, request.Version, cancellationToken);
        if (!chosen.TryGet(out var version, out var unknown)) return unknown;
        return await AddAsync(pool, version, request, actor, endActive: false, cancellationToken);
    }

    /// <summary>Goes back to a kept version at once; a push in progress is cancelled for it. Faults: NotFound, InvalidRequest.</summary>
    public async Task<Outcome<PushView>> RollBackAsync(string pool, RollbackRequest request, string actor, CancellationToken cancellationToken)
    {
        var asked = await FindPoolAsync(pool, cancellationToken);
        if (!asked.TryGet(out var row, out var fault)) return fault;
        var version = request.Version ?? (row.KeptVersions is [var before, ..] ? before : null);
        if (version is null || !row.KeptVersions.Contains(version))
        {
            return new Fault(
                ErrorCode.NotFound, version is null ? $"The pool '{pool}' has no earlier version to go back to." : $"'{version}' is not a kept version of the pool '{pool}'.",
                row.KeptVersions.Count == 0 ? "None is kept." : $"Kept: {string.Join(", ", row.KeptVersions)}.", "Push the version instead; it is published again when that is needed.");
        }

        var push = new PushImageRequest { Version = version, InUse = request.InUse, GraceSeconds = request.GraceSeconds };
        return Complaint(push) is { } complaint ? complaint : await AddAsync(pool, version, push, actor, endActive: true, cancellationToken);
    }

    /// <summary>Holds a push: no further machine is replaced. Faults: NotFound, MachineStateWrong when it does not roll.</summary>
    public Task<Outcome<PushView>> PauseAsync(string pool, string actor, CancellationToken cancellationToken) => ChangeAsync(pool, (context, push, _) =>
    {
        if (push.State != PushState.Rolling) return NotNow(push, "paused");
        push.Hold(null);
        events.Add(context, new HouseEvent(EventKinds.PushPaused, $"The push of '{pool}' to {push.ToVersion} was paused.", actor, pool));
        return null;
    }, cancellationToken);

    /// <summary>Lets a held push go on; its failures are forgotten. Faults: NotFound, MachineStateWrong when it is not paused.</summary>
    public Task<Outcome<PushView>> ResumeAsync(string pool, string actor, CancellationToken cancellationToken) => ChangeAsync(pool, (context, push, row) =>
    {
        if (push.State != PushState.Paused) return NotNow(push, "resumed");
        push.GoOn();
        row.StoppedBy = null;
        health.Forget(pool);
        events.Add(context, new HouseEvent(EventKinds.PushResumed, $"The push of '{pool}' to {push.ToVersion} goes on.", actor, pool));
        return null;
    }, cancellationToken);

    /// <summary>Gives a push up: machines replaced already go back to the version before. Faults: NotFound.</summary>
    public Task<Outcome<PushView>> CancelAsync(string pool, string actor, CancellationToken cancellationToken) => ChangeAsync(pool, (context, push, row) =>
    {
        GiveUp(context, push, row, actor);
        return null;
    }, cancellationToken);

    private async Task<Outcome<PushView>> AddAsync(
        string pool, string version, PushImageRequest request, string actor, bool endActive, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Pools.SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
            if (row is null) return PoolFaults.NoPool(pool);
            var active = await context.Pushes.SingleOrDefaultAsync(p => p.Pool == pool && p.FinishedAt == null, cancellationToken);
            if (active is not null && !endActive) return Busy(active);
            var from = row.Version;
            if (active is not null) GiveUp(context, active, row, actor);
            if (from == version) return new Fault(ErrorCode.InvalidRequest, $"The pool '{pool}' is at version {version} already.");
            var old = context.Pushes.Where(p => p.Pool == pool && p.FinishedAt != null).OrderByDescending(p => p.AskedAt).Skip(PushReader.Most - 1);
            context.Pushes.RemoveRange(await old.ToListAsync(cancellationToken));
            context.Pushes.Add(new PushRow
            {
                Id = Secrets.MakeId()[..12],
                Pool = pool,
                Image = row.Image,
                FromVersion = from,
                ToVersion = version,
                State = PushState.Publishing,
                InUse = request.InUse,
                GraceSeconds = request.GraceSeconds,
                Warning = request.Warning,
                StartAt = request.StartAt ?? now,
                ErrorThresholdPercent = request.ErrorThresholdPercent,
                Actor = actor,
                AskedAt = now,
            });
            events.Add(context, new HouseEvent(EventKinds.PushBegun, $"A push of '{pool}' from {from} to {version} was begun.", actor, pool) { Before = new { Version = from }, After = new { Version = version } });
            return null;
        }, cancellationToken);
        return fault ?? await AnswerAsync(pool, cancellationToken);
    }

    private async Task<Outcome<PushView>> ChangeAsync(string pool, Func<MayflyDbContext, PushRow, PoolRow, Fault?> change, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Pools.SingleOrDefaultAsync(p => p.Name == pool, cancellationToken);
            if (row is null) return PoolFaults.NoPool(pool);
            var push = await context.Pushes.SingleOrDefaultAsync(p => p.Pool == pool && p.FinishedAt == null, cancellationToken);
            return push is null ? new Fault(ErrorCode.NotFound, $"No push of the pool '{pool}' is in progress.") : change(context, push, row);
        }, cancellationToken);
        return fault ?? await AnswerAsync(pool, cancellationToken);
    }

    private async Task<Outcome<PushView>> AnswerAsync(string pool, CancellationToken cancellationToken)
    {
        queue.Wake(pool);
        changes.Announce();
        return (await reader.LatestAsync(pool, cancellationToken))!;
    }

    /// <summary>Ends a push; if it had begun, its pool wants the version before again, and can be moved to the new one once more.</summary>
    private void GiveUp(MayflyDbContext context, PushRow push, PoolRow pool, string actor)
    {
        if (push.HasBegun)
        {
            pool.Version = push.FromVersion;
            var kept = KeptVersions.After(pool, push.ToVersion).ToList();
            retired.Add(context, pool.Image, pool.KeptVersions.Append(push.ToVersion).Except(kept).Where(version => version != pool.Version));
            pool.KeptVersions = kept;
            pool.StoppedBy = null;
            health.Forget(pool.Name);
        }

        push.End(PushState.Cancelled, time.GetUtcNow());
        events.Add(context, new HouseEvent(EventKinds.PushEnded, $"The push of '{pool.Name}' to {push.ToVersion} was cancelled.", actor, pool.Name, Level: "warning"));
    }

    private async Task<Outcome<PoolRow>> FindPoolAsync(string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken) is { } row ? row : PoolFaults.NoPool(pool);
    }

    private async Task<Outcome<string>> ChooseVersionAsync(string image, string? version, CancellationToken cancellationToken)
    {
        var found = (await library.ListAsync(cancellationToken)).FirstOrDefault(i => i.Name == image);
        var chosen = found?.Versions.FirstOrDefault(v => version is null || v.Version == version);
        return chosen is not null
            ? chosen.Version
            : new Fault(ErrorCode.NotFound, version is null ? $"The image '{image}' has no version." : $"The image '{image}' has no version '{version}'.", null, "Build or import it first.");
    }

    private static Fault? Complaint(PushImageRequest request)
    {
        if (request.GraceSeconds is < 0 or > LongestGrace) return new Fault(ErrorCode.InvalidRequest, $"The grace time is 0 to {LongestGrace} s.");
        if (request.Warning is { Length: > LongestWarning }) return new Fault(ErrorCode.InvalidRequest, $"A warning has at most {LongestWarning} characters.");
        return request.ErrorThresholdPercent is < 1 or > 100 ? new Fault(ErrorCode.InvalidRequest, "The error threshold is 1 to 100 percent.") : null;
    }

    private static Fault Busy(PushRow push) => new(
        ErrorCode.Busy, $"The pool '{push.Pool}' is being pushed to {push.ToVersion}: {push.State}, push {push.Id}.", null, "Wait until that has ended, or cancel it.");

    private static Fault NotNow(PushRow push, string what) =>
        new(ErrorCode.MachineStateWrong, $"The push of the pool '{push.Pool}' cannot be {what}: it is {push.State}.");
}
