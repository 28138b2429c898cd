using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Apps;

/// <summary>The applications of this house.</summary>
public sealed class AppBook(HouseDatabase database, IMachineHost host, IPackageLibrary library, EventLog events, HouseChanges changes, TimeProvider time)
{
    private const int LongestDisplayName = 100;
    private const int LongestDescription = 2000;

    /// <summary>Applications by name.</summary>
    /// <param name="search">Part of a name or display name, or null for all.</param>
    /// <param name="after">Last name already seen, or null.</param>
    /// <param name="limit">Most to return.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Page<AppView>> ListAsync(string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pattern = LikePattern.Containing((search ?? "").Trim());
        var found = string.IsNullOrWhiteSpace(search)
            ? context.Apps.AsNoTracking()
            : context.Apps.AsNoTracking().Where(a => LikePattern.Finds(pattern, a.Name) || LikePattern.Finds(pattern, a.DisplayName));
        var total = await found.CountAsync(cancellationToken);
        var rows = await (after is null ? found : found.Where(a => string.Compare(a.Name, after) > 0)).OrderBy(a => a.Name).Take(limit + 1).ToListAsync(cancellationToken);
        var views = await ViewsAsync(context, [.. rows.Take(limit)], cancellationToken);
        return new Page<AppView>(views, rows.Count > limit ? rows[limit - 1].Name : null, total);
    }

    /// <summary>One application. Faults: NotFound.</summary>
    public async Task<Outcome<AppView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Apps.AsNoTracking().SingleOrDefaultAsync(a => a.Name == name, cancellationToken);
        return row is null ? AppNames.NoApp(name) : (await ViewsAsync(context, [row], cancellationToken))[0];
    }

    /// <summary>Adds an application. Faults: InvalidRequest, AlreadyExists.</summary>
    public async Task<Outcome<AppView>> CreateAsync(CreateAppRequest request, string actor, CancellationToken cancellationToken)
    {
        if (!MachineNames.IsDnsLabel(request.Name)) return Invalid("A name is 1 to 63 of a-z, 0-9 and '-'.");
        if (Complaint(request.DisplayName, request.Description, request.Precedence) is { } complaint) return complaint;
        var row = new AppRow
        {
            Name = request.Name,
            DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? request.Name : request.DisplayName.Trim(),
            Description = (request.Description ?? "").Trim(),
            Precedence = request.Precedence,
            CreatedAt = time.GetUtcNow(),
        };
        var added = await database.WriteAsync(async context =>
        {
            if (await context.Apps.AnyAsync(a => a.Name == row.Name, cancellationToken)) return false;
            context.Apps.Add(row);
            events.Add(context, new HouseEvent(EventKinds.AppAdded, $"The application '{row.Name}' was added.", actor) { After = request });
            return true;
        }, cancellationToken);
        if (!added) return new Fault(ErrorCode.AlreadyExists, $"There is an application '{row.Name}' already.", null, "Choose another name.");
        changes.Announce();
        return await FindAsync(row.Name, cancellationToken);
    }

    /// <summary>Changes an application. Faults: InvalidRequest, NotFound.</summary>
    public Task<Outcome<AppView>> ChangeAsync(string name, ChangeAppRequest request, string actor, CancellationToken cancellationToken) =>
        Complaint(request.DisplayName, request.Description, request.Precedence) is { } complaint
            ? Task.FromResult<Outcome<AppView>>(complaint)
            : ChangeAsync(name, actor, $"The application '{name}' was changed.", (_, row) =>
            {
                (row.DisplayName, row.Description, row.Precedence) =
                    (string.IsNullOrWhiteSpace(request.DisplayName) ? row.DisplayName : request.DisplayName.Trim(), request.Description?.Trim() ?? row.Description, request.Precedence ?? row.Precedence);
                return Task.FromResult<Fault?>(null);
            }, cancellationToken);

    /// <summary>Points the marker to a version; who is assigned the marker gets that one at the next logon. Faults: NotFound, InvalidRequest for a retired one.</summary>
    public Task<Outcome<AppView>> SetCurrentAsync(string name, string? version, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(name, actor, version is null ? $"No version of '{name}' is current any more." : $"{version} is now the current version of '{name}'.", async (context, row) =>
        {
            if (version is not null)
            {
                var package = await context.Packages.AsNoTracking().SingleOrDefaultAsync(p => p.App == name && p.Version == version, cancellationToken);
                if (package is null) return AppNames.NoPackage(name, version);
                if (package.Stage == PackageStage.Retired) return Invalid($"Version {version} of '{name}' is retired.");
            }

            row.Current = version;
            return null;
        }, cancellationToken);

    /// <summary>Removes an application with its packages. Faults: NotFound, PackageInUse while it is assigned, captured, or a machine has it.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Apps.SingleOrDefaultAsync(a => a.Name == name, cancellationToken);
            if (row is null) return AppNames.NoApp(name);
            var packages = await context.Packages.Where(p => p.App == name).ToListAsync(cancellationToken);
            if (await PackageUses.OfAppAsync(context, host, row, packages, cancellationToken) is { } used) return used;
            context.Packages.RemoveRange(packages);
            // Before the application: nothing of it may be left that points to it.
            await context.SaveChangesAsync(cancellationToken);
            context.Apps.Remove(row);
            removed.AddRange(packages.Select(p => p.Id));
            events.Add(context, new HouseEvent(EventKinds.AppRemoved, $"The application '{name}' was removed with {packages.Count} packages.", actor) { Before = StateOf(row) });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        // No token: the rows are gone, and the files follow; what is left of them goes at the next start.
        foreach (var package in removed) await library.RemoveAsync(package, CancellationToken.None);
        changes.Announce();
        return Done.Yes;
    }

    private async Task<Outcome<AppView>> ChangeAsync(string name, string actor, string message, Func<MayflyDbContext, AppRow, Task<Fault?>> change, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Apps.SingleOrDefaultAsync(a => a.Name == name, cancellationToken);
            if (row is null) return AppNames.NoApp(name);
            var before = StateOf(row);
            if (await change(context, row) is { } refused) return refused;
            var after = StateOf(row);
            if (!before.Equals(after)) events.Add(context, new HouseEvent(EventKinds.AppChanged, message, actor) { Before = before, After = after });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return await FindAsync(name, cancellationToken);
    }

    private static object StateOf(AppRow row) => new { row.Name, row.DisplayName, row.Description, row.Precedence, row.Current };

    private async Task<IReadOnlyList<AppView>> ViewsAsync(MayflyDbContext context, IReadOnlyList<AppRow> rows, CancellationToken cancellationToken)
    {
        var names = rows.Select(row => row.Name).ToList();
        var packages = (await context.Packages.AsNoTracking().Where(p => names.Contains(p.App)).ToListAsync(cancellationToken)).ToLookup(p => p.App);
        var assignments = (await context.Assignments.AsNoTracking().Where(a => names.Contains(a.App)).ToListAsync(cancellationToken)).ToLookup(a => a.App);
        var machines = PackageUses.Machines(host);
        return
        [
            .. rows.Select(row => new AppView(
                row.Name, row.DisplayName, row.Description, row.Precedence, row.Current,
                [.. packages[row.Name].OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Version, StringComparer.Ordinal).Select(p => p.ToView(machines[p.Id].Count()))])
            {
                Assignments = AssignmentBook.Sorted(assignments[row.Name]),
            }),
        ];
    }

    private static Fault? Complaint(string? displayName, string? description, int? precedence)
    {
        if (displayName is { Length: > LongestDisplayName }) return Invalid($"A display name has at most {LongestDisplayName} characters.");
        if (description is { Length: > LongestDescription }) return Invalid($"A description has at most {LongestDescription} characters.");
        return precedence is < 1 or > 1000 ? Invalid("The precedence is 1 to 1000.") : null;
    }

    private static Fault Invalid(string why) => new(ErrorCode.InvalidRequest, "The application can not be as asked.", why, "Correct the request.");
}
