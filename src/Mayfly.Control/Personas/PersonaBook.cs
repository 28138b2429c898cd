using System.Linq.Expressions;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>What is kept of users' settings, as they and an administrator see it.</summary>
public sealed class PersonaBook(HouseDatabase database, FlexConfigBook configs)
{
    private static readonly Expression<Func<IGrouping<string, PersonaArchiveRow>, PersonaView>> ToView = of => new PersonaView(
        of.Key,
        of.Count(a => a.State == PersonaArchiveState.Current),
        of.Sum(a => a.State == PersonaArchiveState.Current ? a.Bytes : 0),
        of.Sum(a => a.StoredBytes),
        of.Count(a => a.State == PersonaArchiveState.Held),
        of.Max(a => a.SavedAt),
        null);

    /// <summary>Users of whom something is kept, by name.</summary>
    public async Task<Page<PersonaView>> ListAsync(string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pattern = LikePattern.Containing(search ?? "");
        var found = context.PersonaArchives.AsNoTracking().Where(a => LikePattern.Finds(pattern, a.User)).GroupBy(a => a.User);
        var total = await found.CountAsync(cancellationToken);
        var views = await found.Where(of => after == null || string.Compare(of.Key, after) > 0).OrderBy(of => of.Key).Select(ToView).Take(limit + 1).ToListAsync(cancellationToken);
        var machines = await MachinesAsync(context, [.. views.Select(view => view.User)], cancellationToken);
        return new Page<PersonaView>([.. views.Take(limit).Select(view => view with { Machine = machines.GetValueOrDefault(view.User) })], views.Count > limit ? views[limit - 1].User : null, total);
    }

    /// <summary>What is kept of one user. Faults: NotFound.</summary>
    public async Task<Outcome<PersonaDetails>> FindAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (!await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return UserDirectory.NoUser(user);
        var rows = await context.PersonaArchives.AsNoTracking().Where(a => a.User == user).OrderByDescending(a => a.SavedAt).ToListAsync(cancellationToken);
        var names = (await configs.ReadAsync(cancellationToken)).ToDictionary(config => config.Name, config => config.DisplayName);
        var machines = await MachinesAsync(context, [user], cancellationToken);
        var view = rows.GroupBy(row => row.User).Select(ToView.Compile()).SingleOrDefault() ?? new PersonaView(user, 0, 0, 0, 0, null, null);
        return new PersonaDetails(
            view with { Machine = machines.GetValueOrDefault(user) },
            [.. rows.GroupBy(row => row.Config).OrderBy(of => of.Key, StringComparer.Ordinal)
                .Select(of => new PersonaPartView(of.Key, names.GetValueOrDefault(of.Key, of.Key), [.. of.Select(row => row.ToView())]))]);
    }

    private static Task<Dictionary<string, string>> MachinesAsync(MayflyDbContext context, List<string> users, CancellationToken cancellationToken) =>
        context.Sessions.Where(s => s.PersonaOpen && users.Contains(s.User)).ToDictionaryAsync(s => s.User, s => s.Machine, cancellationToken);
}
