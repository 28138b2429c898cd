using Mayfly.Contracts;
using Mayfly.Control.Directories;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Checks names and passwords in the LDAP directories of the house.</summary>
public sealed class PasswordDirectories(HouseDatabase database, LdapDirectory ldap, DirectoryUsers users, SignIns signIns, EventLog events)
{
    /// <summary>
    /// Whose a name is, and whether the password is theirs. Asks the directory named, else the one the user is known to come from, else each in turn.
    /// Null when nobody has that name. Faults: those of a directory that could not be asked, when no other knew the person.
    /// </summary>
    public async Task<Outcome<KnownUser>?> CheckAsync(string name, string password, string? directory, CancellationToken cancellationToken)
    {
        Fault? trouble = null;
        string? meant = null;
        foreach (var row in await CandidatesAsync(name, directory, cancellationToken))
        {
            var checkedThere = await ldap.CheckAsync(row.Ldap!, name, password, cancellationToken);
            if (checkedThere.TryGet(out var found, out var fault))
            {
                if (found.Person is { } person) return await TakeAsync(row.Name, person, cancellationToken);
                meant ??= found.UserName;
            }
            else if (fault.Code is not (ErrorCode.Unauthenticated or ErrorCode.Forbidden))
            {
                trouble = fault;
            }
        }

        if (trouble is null) return meant is null ? default(Outcome<KnownUser>?) : new KnownUser(meant, IsPasswordRight: false);
        await events.RecordAsync(new HouseEvent(EventKinds.DirectoryFailed, trouble.ToString(), Level: "error"), cancellationToken);
        // What is wrong with the directory is for administrators; whoever signs in is told that it is not their password.
        return new Fault(trouble.Code, "Your sign-in could not be checked.", "The directory that knows you could not be asked.", "Try again later, or tell an administrator.");
    }

    /// <summary>Asks the directories about everybody who is signed in: who is gone or disabled there is signed out here, and groups are brought up to date.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Directories.AsNoTracking().Where(d => d.Kind == DirectoryKinds.Ldap).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            var names = await context.Users.Where(u => u.Source == row.Name && context.SignIns.Any(s => s.User == u.Name)).Select(u => u.Name).ToListAsync(cancellationToken);
            foreach (var name in names) await RefreshAsync(row, name, cancellationToken);
        }
    }

    private async Task<Outcome<KnownUser>?> TakeAsync(string directory, DirectoryPerson person, CancellationToken cancellationToken) =>
        (await users.TakeAsync(directory, person, cancellationToken)).TryGet(out var user, out var refused) ? new KnownUser(user, IsPasswordRight: true) : refused;

    private async Task RefreshAsync(DirectoryRow row, string name, CancellationToken cancellationToken)
    {
        var found = await ldap.FindAsync(row.Ldap!, name, cancellationToken);
        // A directory that can not be asked says nothing about anybody.
        if (found.Fault is { Code: not ErrorCode.NotFound }) return;
        var gone = found.Fault is not null || found.Value.Disabled;
        if (!gone && (await users.TakeAsync(row.Name, found.Value, cancellationToken)).Fault is null) return;
        await signIns.EndAllAsync(name, null, cancellationToken);
        await events.RecordAsync(
            new HouseEvent(EventKinds.UserSignedOut, $"'{name}' was signed out: the directory '{row.Name}' no longer lets them in.", Level: "warning") { User = name }, cancellationToken);
    }

    private async Task<IReadOnlyList<DirectoryRow>> CandidatesAsync(string name, string? directory, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var source = directory ?? await context.Users.Where(u => u.Name == name).Select(u => u.Source).SingleOrDefaultAsync(cancellationToken);
        return await context.Directories.AsNoTracking().Where(d => d.Kind == DirectoryKinds.Ldap && (source == null || d.Name == source)).OrderBy(d => d.Name).ToListAsync(cancellationToken);
    }
}
