using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Groups;

/// <summary>Groups of users. Members of a directory's group come and go at sign-in, and can not be changed here.</summary>
public sealed class GroupBook(HouseDatabase database, EventLog events, HouseChanges changes, TimeProvider time)
{
    private const int LongestDisplayName = 100;
    private const int LongestExternalName = 1000;

    /// <summary>All groups by name.</summary>
    public async Task<IReadOnlyList<GroupView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await Views(context, context.Groups.OrderBy(g => g.Name)).ToListAsync(cancellationToken);
    }

    /// <summary>Users of a group by name. Faults: NotFound.</summary>
    public async Task<Outcome<string[]>> MembersAsync(string group, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (!await context.Groups.AnyAsync(g => g.Name == group, cancellationToken)) return NoGroup(group);
        return await context.GroupMembers.Where(m => m.Group == group).OrderBy(m => m.User).Select(m => m.User).ToArrayAsync(cancellationToken);
    }

    /// <summary>Adds a group. Faults: InvalidRequest, AlreadyExists, NotFound for an unknown directory.</summary>
    public async Task<Outcome<GroupView>> AddAsync(AddGroupRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Complaint(request) is { } complaint) return new Fault(ErrorCode.InvalidRequest, "The group can not be added.", complaint);
        var row = new GroupRow
        {
            Name = request.Name,
            DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? request.Name : request.DisplayName.Trim(),
            Directory = request.Directory,
            ExternalName = request.ExternalName,
            CreatedAt = time.GetUtcNow(),
        };
        var view = new GroupView(row.Name, row.DisplayName, 0, row.Directory, row.ExternalName);
        var fault = await database.WriteAsync(async context =>
        {
            if (await context.Groups.AnyAsync(g => g.Name == row.Name, cancellationToken)) return new Fault(ErrorCode.AlreadyExists, $"There is a group '{row.Name}' already.", null, "Choose another name.");
            if (row.Directory is { } directory && !await context.Directories.AnyAsync(d => d.Name == directory, cancellationToken)) return DirectoryBook.NoDirectory(directory);
            context.Groups.Add(row);
            events.Add(context, new HouseEvent(EventKinds.GroupAdded, $"The group '{row.Name}' was added.", actor) { After = view });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return view;
    }

    /// <summary>Removes a group with its roles and entitlements; its users stay. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string group, string actor, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(async context =>
        {
            var before = await Views(context, context.Groups.Where(g => g.Name == group)).SingleOrDefaultAsync(cancellationToken);
            if (before is null) return false;
            await context.Groups.Where(g => g.Name == group).ExecuteDeleteAsync(cancellationToken);
            events.Add(context, new HouseEvent(EventKinds.GroupRemoved, $"The group '{group}' was removed.", actor) { Before = before });
            return true;
        }, cancellationToken);
        if (!removed) return NoGroup(group);
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>Puts a user into a local group; doing so twice is the same as once. Faults: NotFound, InvalidRequest.</summary>
    public Task<Outcome<Done>> AddMemberAsync(string group, string user, string actor, CancellationToken cancellationToken) =>
        ChangeMemberAsync(group, user, actor, member: true, cancellationToken);

    /// <summary>Takes a user out of a local group. Faults: NotFound, InvalidRequest.</summary>
    public Task<Outcome<Done>> RemoveMemberAsync(string group, string user, string actor, CancellationToken cancellationToken) =>
        ChangeMemberAsync(group, user, actor, member: false, cancellationToken);

    private async Task<Outcome<Done>> ChangeMemberAsync(string group, string user, string actor, bool member, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Groups.AsNoTracking().SingleOrDefaultAsync(g => g.Name == group, cancellationToken);
            if (row is null) return NoGroup(group);
            if (row.Directory is { } directory) return new Fault(ErrorCode.InvalidRequest, $"The directory '{directory}' says who is in '{group}'.", null, "Change it there.");
            if (!await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return UserDirectory.NoUser(user);
            var present = await context.GroupMembers.SingleOrDefaultAsync(m => m.Group == group && m.User == user, cancellationToken);
            if (present is not null == member) return null;
            if (present is null) context.GroupMembers.Add(new GroupMemberRow { Group = group, User = user });
            else context.GroupMembers.Remove(present);
            events.Add(context, new HouseEvent(EventKinds.GroupChanged, $"'{user}' is {(member ? "now in" : "no longer in")} the group '{group}'.", actor) { User = user });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return Done.Yes;
    }

    internal static Fault NoGroup(string group) => new(ErrorCode.NotFound, $"There is no group '{group}'.");

    private static IQueryable<GroupView> Views(MayflyDbContext context, IQueryable<GroupRow> groups) =>
        groups.Select(g => new GroupView(g.Name, g.DisplayName, context.GroupMembers.Count(m => m.Group == g.Name), g.Directory, g.ExternalName));

    private static string? Complaint(AddGroupRequest request)
    {
        if (!NameRule.Allows(request.Name)) return $"A name is {NameRule.Words}.";
        if (request.DisplayName is { Length: > LongestDisplayName }) return $"A display name has at most {LongestDisplayName} characters.";
        if (request.Directory is null != string.IsNullOrEmpty(request.ExternalName)) return "A directory and the group's name there belong together.";
        return request.ExternalName is { Length: > LongestExternalName } ? $"A name in a directory has at most {LongestExternalName} characters." : null;
    }
}
