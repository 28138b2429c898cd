using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Reads users with what belongs to them.</summary>
public sealed class UserReader(LoginThrottle throttle, SettingsStore settings, TimeProvider time)
{
    /// <summary>An enabled user with their rights, or null.</summary>
    internal async Task<SignedInUser?> SignedInAsync(MayflyDbContext context, string name, CancellationToken cancellationToken)
    {
        var row = await context.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Name == name && u.Enabled, cancellationToken);
        if (row is null) return null;
        var rights = await RoleBook.RightsAsync(context, name, cancellationToken);
        var due = rights.Any && !row.FactorConfirmed && (await settings.ReadAsync(cancellationToken)).SecondFactorForRoles
            // A provider asks for its own second factor.
            && !await context.Directories.AnyAsync(d => d.Name == row.Source && d.Kind == DirectoryKinds.OpenId, cancellationToken);
        return new SignedInUser(row.Name, row.DisplayName, row.Source, rights, row.FactorConfirmed, due);
    }

    /// <summary>Users as an administrator sees them, by name.</summary>
    internal async Task<IReadOnlyList<UserView>> ViewsAsync(MayflyDbContext context, IQueryable<UserRow> users, CancellationToken cancellationToken)
    {
        var rows = await users.AsNoTracking().OrderBy(u => u.Name).ToListAsync(cancellationToken);
        var names = rows.ConvertAll(row => row.Name);
        var members = await context.GroupMembers.AsNoTracking().Where(m => names.Contains(m.User)).ToListAsync(cancellationToken);
        var groups = members.ToLookup(m => m.User, m => m.Group);
        var grants = await context.RoleGrants.AsNoTracking().Where(g => g.Role == Role.Administrator && g.Pool == null).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new UserView(row.Name, row.DisplayName, grants.Exists(g => g.User == row.Name || groups[row.Name].Contains(g.Group)))
        {
            Source = row.Source,
            Enabled = row.Enabled,
            SecondFactor = row.FactorConfirmed,
            Groups = [.. groups[row.Name].Order(StringComparer.Ordinal)],
            LastSignInAt = row.LastSignInAt,
            LockedUntil = throttle.LockedFor(row.Name) is { } left ? time.GetUtcNow() + left : null,
        });
    }
}
