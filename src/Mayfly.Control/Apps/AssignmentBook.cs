using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Apps;

/// <summary>Who gets which application. Each user, group and pool has at most one assignment of each.</summary>
public sealed class AssignmentBook(HouseDatabase database, EventLog events, HouseChanges changes)
{
    /// <summary>The assignments of an application: pools, groups, users. Faults: NotFound.</summary>
    public async Task<Outcome<AppAssignmentView[]>> ListAsync(string app, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (!await context.Apps.AnyAsync(a => a.Name == app, cancellationToken)) return AppNames.NoApp(app);
        return (AppAssignmentView[])[.. Sorted(await context.Assignments.AsNoTracking().Where(a => a.App == app).ToListAsync(cancellationToken))];
    }

    /// <summary>Assigns an application; the same again is the same as once. Faults: InvalidRequest, NotFound, AlreadyExists when it is assigned to them in another way.</summary>
    public async Task<Outcome<AppAssignmentView>> AddAsync(string app, AssignAppRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Complaint(request) is { } complaint) return complaint;
        var row = new AssignmentRow
        {
            Id = Secrets.MakeId(),
            App = app,
            Version = request.Version,
            User = request.User,
            Group = request.Group,
            Pool = request.Pool,
            Delivery = request.Delivery,
        };
        var answer = await database.WriteAsync<Outcome<AppAssignmentView>>(async context =>
        {
            if (await MissingAsync(context, row, cancellationToken) is { } missing) return missing;
            var present = await context.Assignments.AsNoTracking()
                .FirstOrDefaultAsync(a => a.App == app && a.User == row.User && a.Group == row.Group && a.Pool == row.Pool, cancellationToken);
            if (present is not null && present.Version == row.Version && present.Delivery == row.Delivery) return present.ToView();
            if (present is not null)
                return new Fault(ErrorCode.AlreadyExists, $"'{app}' is assigned to {PackageUses.WordsOf(row)} already, in another version or delivery.", null, "Take that assignment back first.");
            context.Assignments.Add(row);
            events.Add(context, new HouseEvent(EventKinds.AppAssigned, $"'{app}' was assigned to {PackageUses.WordsOf(row)}.", actor, row.Pool) { User = row.User, After = row.ToView() });
            return row.ToView();
        }, cancellationToken);
        if (answer.Fault is null) changes.Announce();
        return answer;
    }

    /// <summary>Takes an assignment back; sessions in progress keep what they have. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string app, string id, string actor, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(async context =>
        {
            var row = await context.Assignments.SingleOrDefaultAsync(a => a.App == app && a.Id == id, cancellationToken);
            if (row is null) return false;
            context.Assignments.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.AppUnassigned, $"'{app}' is no longer assigned to {PackageUses.WordsOf(row)}.", actor, row.Pool) { User = row.User, Before = row.ToView() });
            return true;
        }, cancellationToken);
        if (!removed) return new Fault(ErrorCode.NotFound, $"The application '{app}' has no such assignment.");
        changes.Announce();
        return Done.Yes;
    }

    internal static IReadOnlyList<AppAssignmentView> Sorted(IEnumerable<AssignmentRow> rows) =>
    [
        .. rows.OrderBy(row => row.Pool is null).ThenBy(row => row.Group is null)
            .ThenBy(row => row.Pool ?? row.Group ?? row.User, StringComparer.Ordinal).Select(row => row.ToView()),
    ];

    private static Fault? Complaint(AssignAppRequest request)
    {
        var named = new[] { request.User, request.Group, request.Pool }.Count(name => name is not null);
        if (named != 1) return new Fault(ErrorCode.InvalidRequest, "An application is assigned to a user, a group or a pool.", "Exactly one of the three must be given.");
        if (!Enum.IsDefined(request.Delivery)) return new Fault(ErrorCode.InvalidRequest, "An application is delivered at Logon, on Demand, or at Provision.");
        return request is { Delivery: PackageDelivery.Provision, Pool: null }
            ? new Fault(ErrorCode.InvalidRequest, "Only to a pool can an application be delivered when its machines are made.", "Whose a machine will be is not known then.", "Choose Logon or Demand.")
            : null;
    }

    private static async Task<Fault?> MissingAsync(MayflyDbContext context, AssignmentRow row, CancellationToken cancellationToken)
    {
        if (!await context.Apps.AnyAsync(a => a.Name == row.App, cancellationToken)) return AppNames.NoApp(row.App);
        if (row.Version is { } version && !await context.Packages.AnyAsync(p => p.App == row.App && p.Version == version, cancellationToken)) return AppNames.NoPackage(row.App, version);
        if (row.User is { } user) return await context.Users.AnyAsync(u => u.Name == user, cancellationToken) ? null : UserDirectory.NoUser(user);
        if (row.Group is { } group) return await context.Groups.AnyAsync(g => g.Name == group, cancellationToken) ? null : GroupBook.NoGroup(group);
        return await context.Pools.AnyAsync(p => p.Name == row.Pool && !p.Deleting, cancellationToken) ? null : PoolFaults.NoPool(row.Pool!);
    }
}
