using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Operations;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Apps;

/// <summary>The packages of applications: how they come, what becomes of them, how they go.</summary>
public sealed class PackageBook(
    HouseDatabase database, IMachineHost host, IPackageLibrary library, OperationBoard board, EventLog events, HouseChanges changes, TimeProvider time)
{
    /// <summary>One package. Faults: NotFound.</summary>
    public async Task<Outcome<PackageView>> FindAsync(string app, string version, CancellationToken cancellationToken)
    {
        var row = await RowAsync(app, version, cancellationToken);
        return row is null ? AppNames.NoPackage(app, version) : row.ToView(PackageUses.Machines(host)[row.Id].Count());
    }

    /// <summary>Begins making a package of a file of this server. Faults: InvalidRequest, NotFound, AlreadyExists, Busy.</summary>
    public async Task<Outcome<OperationView>> ImportAsync(string app, ImportPackageRequest request, string actor, CancellationToken cancellationToken)
    {
        if (AppNames.VersionComplaint(request.Version) is { } complaint) return complaint;
        if (!Path.IsPathFullyQualified(request.Path ?? "") || request.Path!.Contains('\0', StringComparison.Ordinal))
            return new Fault(ErrorCode.InvalidRequest, $"'{request.Path}' is not an absolute path on the server.");
        await using var context = await database.ReadAsync(cancellationToken);
        if (await ObstacleAsync(context, app, request.Version, cancellationToken) is { } obstacle) return obstacle;
        return board.Begin(OperationSubject.App(app), "import-package", $"{app}@{request.Version}", actor, (progress, token) => ImportAsync(app, request, actor, progress, token));
    }

    /// <summary>Moves a package through its life. Faults: InvalidRequest, NotFound.</summary>
    public async Task<Outcome<PackageView>> SetStageAsync(string app, string version, PackageStage stage, string actor, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(stage)) return new Fault(ErrorCode.InvalidRequest, "A package is New, Tested, Published or Retired.");
        var found = await database.WriteAsync(async context =>
        {
            var row = await context.Packages.SingleOrDefaultAsync(p => p.App == app && p.Version == version, cancellationToken);
            if (row is null) return false;
            if (row.Stage == stage) return true;
            var before = row.Stage;
            row.Stage = stage;
            events.Add(context, new HouseEvent(EventKinds.PackageChanged, $"Version {version} of '{app}' is now {stage}.", actor) { Before = new { Stage = before }, After = new { Stage = stage } });
            return true;
        }, cancellationToken);
        if (!found) return AppNames.NoPackage(app, version);
        changes.Announce();
        return await FindAsync(app, version, cancellationToken);
    }

    /// <summary>The file of a package, to be read from its beginning. Faults: NotFound.</summary>
    public async Task<Outcome<Stream>> OpenAsync(string app, string version, CancellationToken cancellationToken) =>
        await RowAsync(app, version, cancellationToken) is { } row ? library.Open(row.Id) : AppNames.NoPackage(app, version);

    /// <summary>The icon of one of its programs, a PNG. Faults: NotFound.</summary>
    public async Task<Outcome<byte[]>> IconAsync(string app, string version, string program, CancellationToken cancellationToken)
    {
        if (await RowAsync(app, version, cancellationToken) is not { } row) return AppNames.NoPackage(app, version);
        // Only what the package is known to hold is looked for in it.
        return row.Manifest.Programs.Any(known => known.Id == program && known.HasIcon)
            ? library.Icon(row.Id, program)
            : new Fault(ErrorCode.NotFound, "There is no icon of such a program.");
    }

    /// <summary>Removes a package. Faults: NotFound, PackageInUse.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string app, string version, string actor, CancellationToken cancellationToken)
    {
        string? removed = null;
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Packages.SingleOrDefaultAsync(p => p.App == app && p.Version == version, cancellationToken);
            if (row is null) return AppNames.NoPackage(app, version);
            if (await PackageUses.OfPackageAsync(context, host, row, cancellationToken) is { } used) return used;
            context.Packages.Remove(row);
            removed = row.Id;
            events.Add(context, new HouseEvent(EventKinds.PackageRemoved, $"Version {version} of '{app}' was removed.", actor) { Before = row.ToView(0) });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        // No token: the row is gone, and the file follows; what a machine has got meanwhile goes at the next start.
        await library.RemoveAsync(removed!, CancellationToken.None);
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>Removes files that no row and no capture knows: whoever made them was cut off.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var known = await context.Packages.Select(p => p.Id).Union(context.Captures.Where(c => c.EndedAt == null).Select(c => c.PackageId)).ToListAsync(cancellationToken);
        foreach (var stray in library.List().Select(package => package.Id).Except(known)) await library.RemoveAsync(stray, cancellationToken);
    }

    /// <summary>Why an application can not get a package of some version, or null.</summary>
    internal static async Task<Fault?> ObstacleAsync(MayflyDbContext context, string app, string version, CancellationToken cancellationToken)
    {
        if (!await context.Apps.AnyAsync(a => a.Name == app, cancellationToken)) return AppNames.NoApp(app);
        if (await context.Packages.AnyAsync(p => p.App == app && p.Version == version, cancellationToken))
            return new Fault(ErrorCode.AlreadyExists, $"The application '{app}' has a version '{version}' already.", null, "Choose another version, or remove that one first.");
        return await context.Captures.AnyAsync(c => c.App == app && c.Version == version && c.EndedAt == null, cancellationToken)
            ? new Fault(ErrorCode.AlreadyExists, $"Version '{version}' of '{app}' is being captured.", null, "Wait until that has ended, or cancel it.")
            : null;
    }

    /// <summary>Writes down a package whose file is there, within a transaction.</summary>
    internal void Add(MayflyDbContext context, PackageManifest manifest, string app, string version, string? basedOn, string? actor)
    {
        var row = new PackageRow { Id = manifest.Id, App = app, Version = version, Base = basedOn, CreatedBy = actor, CreatedAt = time.GetUtcNow(), Manifest = manifest };
        context.Packages.Add(row);
        events.Add(context, new HouseEvent(EventKinds.PackageAdded, $"Version {version} of '{app}' was added.", actor) { After = row.ToView(0) });
    }

    private async Task<Outcome<ImageVersion>> ImportAsync(string app, ImportPackageRequest request, string actor, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var id = Secrets.MakeId();
        var made = await library.ImportAsync(id, request.Path, new PackageRules(request.AllowPrivileged), progress, cancellationToken);
        if (!made.TryGet(out var manifest, out var fault)) return fault;
        // From here on nothing is cancelled: the file is there.
        var obstacle = await database.WriteAsync(async context =>
        {
            var found = await ObstacleAsync(context, app, request.Version, CancellationToken.None);
            if (found is null) Add(context, manifest, app, request.Version, null, actor);
            return found;
        }, CancellationToken.None);
        if (obstacle is not null) await library.RemoveAsync(id, CancellationToken.None);
        changes.Announce();
        return obstacle is null ? new ImageVersion(app, request.Version) : obstacle;
    }

    private async Task<PackageRow?> RowAsync(string app, string version, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Packages.AsNoTracking().SingleOrDefaultAsync(p => p.App == app && p.Version == version, cancellationToken);
    }
}
