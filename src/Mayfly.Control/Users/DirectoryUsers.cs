using Mayfly.Contracts;
using Mayfly.Control.Directories;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Users who come from a directory: the house knows them from their first sign-in on, and their groups from the last.</summary>
public sealed class DirectoryUsers(HouseDatabase database, EventLog events, HouseChanges changes, TimeProvider time)
{
    /// <summary>
    /// Takes a person whom a directory vouches for as a user of the house, and puts them into the groups that stand for theirs.
    /// Faults: Unauthenticated when the house has disabled them, AlreadyExists when the name is somebody else's.
    /// </summary>
    public async Task<Outcome<string>> TakeAsync(string directory, DirectoryPerson person, CancellationToken cancellationToken)
    {
        var (answer, isNew) = await database.WriteAsync(async context =>
        {
            var taken = await TakeAsync(context, directory, person, cancellationToken);
            return (taken, context.ChangeTracker.HasChanges());
        }, cancellationToken);
        // Everybody who is signed in is asked about every few minutes, and mostly nothing is new.
        if (isNew) changes.Announce();
        return answer;
    }

    private async Task<Outcome<string>> TakeAsync(MayflyDbContext context, string directory, DirectoryPerson person, CancellationToken cancellationToken)
    {
        var row = await context.Users.SingleOrDefaultAsync(u => u.Source == directory && u.ExternalId == person.ExternalId, cancellationToken);
        if (row is null && await context.Users.AnyAsync(u => u.Name == person.UserName, cancellationToken)) return NameTaken(context, directory, person.UserName);
        if (row is { Enabled: false }) return new Fault(ErrorCode.Unauthenticated, "You may not sign in here.", "An administrator of this house has disabled your account.", "Ask an administrator.");
        row ??= Add(context, directory, person);
        row.DisplayName = person.DisplayName;
        await JoinAsync(context, directory, row.Name, person, cancellationToken);
        return row.Name;
    }

    private UserRow Add(MayflyDbContext context, string directory, DirectoryPerson person)
    {
        var row = new UserRow { Name = person.UserName, DisplayName = person.DisplayName, Source = directory, ExternalId = person.ExternalId, CreatedAt = time.GetUtcNow() };
        context.Users.Add(row);
        events.Add(context, new HouseEvent(EventKinds.UserAdded, $"'{row.Name}' of the directory '{directory}' signed in for the first time.") { User = row.Name });
        return row;
    }

    private static async Task JoinAsync(MayflyDbContext context, string directory, string user, DirectoryPerson person, CancellationToken cancellationToken)
    {
        var external = person.Groups.SelectMany(group => new[] { group.Id, group.Name }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var groups = await context.Groups.AsNoTracking().Where(g => g.Directory == directory).ToListAsync(cancellationToken);
        var wanted = groups.Where(g => external.Contains(g.ExternalName!)).Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        var known = groups.ConvertAll(g => g.Name);
        var present = await context.GroupMembers.Where(m => m.User == user && known.Contains(m.Group)).ToListAsync(cancellationToken);
        context.GroupMembers.RemoveRange(present.Where(m => !wanted.Contains(m.Group)));
        context.GroupMembers.AddRange(wanted.Except(present.Select(m => m.Group)).Select(group => new GroupMemberRow { Group = group, User = user }));
    }

    private Fault NameTaken(MayflyDbContext context, string directory, string name)
    {
        events.Add(context, new HouseEvent(
            EventKinds.DirectoryFailed, $"Somebody of the directory '{directory}' could not sign in: the name '{name}' belongs to another user of this house.", Level: "warning")
        { User = name });
        return new Fault(ErrorCode.AlreadyExists, $"The name '{name}' belongs to another user of this house.", $"The directory '{directory}' knows somebody else by it.", "Ask an administrator to remove or rename one of the two.");
    }
}
