using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Captures;

/// <summary>Captures as an administrator sees and handles them; <see cref="CaptureWorker"/> carries them out.</summary>
public sealed class CaptureBook(
    HouseDatabase database, IImageLibrary images, CaptureWorker worker, EventLog events, HouseChanges changes, TimeProvider time)
{
    internal static Fault NoCapture { get; } = new(ErrorCode.NotFound, "There is no such capture.");

    /// <summary>Captures, newest first.</summary>
    /// <param name="app">Those of one application, or null for all.</param>
    /// <param name="open">True for those that have not ended, false for the others, null for all.</param>
    /// <param name="after">Id of the last one already seen, or null.</param>
    /// <param name="limit">Most to return.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Page<CaptureView>>> ListAsync(string? app, bool? open, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var found = context.Captures.AsNoTracking();
        if (app is not null) found = found.Where(c => c.App == app);
        if (open is { } wanted) found = found.Where(c => (c.EndedAt == null) == wanted);
        var total = await found.CountAsync(cancellationToken);
        if (after is not null)
        {
            if (await context.Captures.AsNoTracking().SingleOrDefaultAsync(c => c.Id == after, cancellationToken) is not { } last)
                return new Fault(ErrorCode.InvalidRequest, $"'{after}' is no place in the list.", null, "Pass what 'next' has given.");
            found = found.Where(c => c.StartedAt < last.StartedAt || (c.StartedAt == last.StartedAt && string.Compare(c.Id, after) > 0));
        }

        var rows = await found.OrderByDescending(c => c.StartedAt).ThenBy(c => c.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return new Page<CaptureView>([.. rows.Take(limit).Select(View)], rows.Count > limit ? rows[limit - 1].Id : null, total);
    }

    /// <summary>One capture. Faults: NotFound.</summary>
    public async Task<Outcome<CaptureView>> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Captures.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is { } row ? View(row) : NoCapture;
    }

    /// <summary>A capture now and at each change, until it has ended.</summary>
    public async IAsyncEnumerable<CaptureView> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CaptureView? last = null;
        while (true)
        {
            var changed = changes.Next;
            if (!(await FindAsync(id, cancellationToken)).TryGet(out var view, out _)) yield break;
            if (view != last) yield return view;
            last = view;
            if (view.EndedAt is not null) yield break;
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Begins a capture. Faults: InvalidRequest, NotFound, AlreadyExists, ImageNotPublished.</summary>
    public async Task<Outcome<CaptureView>> BeginAsync(BeginCaptureRequest request, string actor, CancellationToken cancellationToken)
    {
        if (AppNames.VersionComplaint(request.Version) is { } invalid) return invalid;
        if (CaptureRules.Complaint(request) is { } complaint) return complaint;
        var chosen = await ChooseAsync(request, cancellationToken);
        if (!chosen.TryGet(out var version, out var unknown)) return unknown;
        var row = new CaptureRow
        {
            Id = Secrets.MakeId()[..12],
            App = request.App,
            Version = request.Version,
            Image = request.Image,
            ImageVersion = version,
            MachineId = MachineForge.NewId(),
            PackageId = Secrets.MakeId(),
            Request = request,
            StartedBy = actor,
            StartedAt = time.GetUtcNow(),
        };
        var fault = await database.WriteAsync(async context =>
        {
            if (await PackageBook.ObstacleAsync(context, request.App ?? "", request.Version, cancellationToken) is { } obstacle) return obstacle;
            if (request.Base is { } basis && !await context.Packages.AnyAsync(p => p.App == request.App && p.Version == basis, cancellationToken)) return AppNames.NoPackage(request.App!, basis);
            context.Captures.Add(row);
            events.Add(context, new HouseEvent(EventKinds.CaptureBegun, $"Version {row.Version} of '{row.App}' is being captured on {row.Image}@{row.ImageVersion}.", actor) { After = request });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        worker.Wake(row.Id);
        changes.Announce();
        return View(row);
    }

    /// <summary>Somebody has installed by hand what was to be installed: packs it. Faults: NotFound, MachineStateWrong when it is not open.</summary>
    public async Task<Outcome<CaptureView>> FinishAsync(string id, CancellationToken cancellationToken)
    {
        var finished = await database.WriteAsync<Outcome<CaptureView>>(async context =>
        {
            var row = await context.Captures.SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
            if (row is null) return NoCapture;
            if (row.State == CaptureState.Open) row.State = CaptureState.Packing;
            else if (row.State != CaptureState.Packing) return new Fault(ErrorCode.MachineStateWrong, $"The capture is {row.State}: there is nothing to finish by hand.", row.Fault?.What);
            return View(row);
        }, cancellationToken);
        if (finished.Fault is not null) return finished;
        worker.Wake(id);
        changes.Announce();
        return finished;
    }

    /// <summary>Gives a capture up; returns when its machine is gone. One that was given up already is a success. Faults: NotFound, MachineStateWrong when it has ended.</summary>
    public async Task<Outcome<Done>> CancelAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Captures.SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
            if (row is null) return NoCapture;
            if (row.State == CaptureState.Cancelled) return null;
            if (row.IsOver) return new Fault(ErrorCode.MachineStateWrong, $"The capture has ended: it is {row.State}.");
            row.State = CaptureState.Cancelled;
            events.Add(context, new HouseEvent(EventKinds.CaptureEnded, $"The capture of version {row.Version} of '{row.App}' was given up.", actor));
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        await worker.InterruptAsync(id).WaitAsync(cancellationToken);
        return Done.Yes;
    }

    /// <summary>The machine of a capture that has not ended, or null.</summary>
    public async Task<string?> MachineOfAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Captures.Where(c => c.Id == id && c.EndedAt == null).Select(c => c.MachineId).SingleOrDefaultAsync(cancellationToken);
    }

    private CaptureView View(CaptureRow row) => row.ToView(worker.StepOf(row.Id));

    private async Task<Outcome<string>> ChooseAsync(BeginCaptureRequest request, CancellationToken cancellationToken)
    {
        var image = (await images.ListAsync(cancellationToken)).FirstOrDefault(i => i.Name == request.Image);
        if (image is null) return new Fault(ErrorCode.NotFound, $"There is no image '{request.Image}'.", null, "Build or import it first.");
        var version = image.Versions.FirstOrDefault(v => request.ImageVersion is null ? v.Warm is not null : v.Version == request.ImageVersion);
        if (version is null && request.ImageVersion is not null) return new Fault(ErrorCode.NotFound, $"The image '{image.Name}' has no version '{request.ImageVersion}'.");
        return version?.Warm is null
            ? new Fault(ErrorCode.ImageNotPublished, $"The image '{image.Name}' has not been published.", "A capture's machine is forked from a warm image.", $"Publish it: mayfly image publish {image.Name}")
            : version.Version;
    }
}
