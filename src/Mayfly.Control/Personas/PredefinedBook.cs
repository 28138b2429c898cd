using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Predefined settings: what somebody has set is made what others begin with, or what they get in any case; for all, the users of a group, the
/// desktops of a pool. One for each Flex config and scope.
/// </summary>
public sealed class PredefinedBook(HouseDatabase database, IPersonaLibrary library, EventLog events, HouseChanges changes)
{
    /// <summary>All, by Flex config.</summary>
    public async Task<IReadOnlyList<PredefinedView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Predefined.AsNoTracking().OrderBy(p => p.Config).ThenBy(p => p.Group).ThenBy(p => p.Pool).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToView());
    }

    /// <summary>Makes some of a user's settings predefined, in place of what was for the same scope. Faults: NotFound, HostDiskLow.</summary>
    public async Task<Outcome<PredefinedView>> AddAsync(PredefineRequest request, string actor, CancellationToken cancellationToken)
    {
        var source = await SourceAsync(request, cancellationToken);
        if (!source.TryGet(out var archive, out var missing)) return missing;
        var copied = await library.CopyAsync(archive.ToArchive(), cancellationToken);
        if (!copied.TryGet(out var copy, out var fault)) return fault;
        var row = new PredefinedRow
        {
            Id = copy.Id,
            Config = archive.Config,
            Group = request.Group,
            Pool = request.Pool,
            Environment = request.Environment,
            Enforced = request.Enforced,
            From = archive.User,
            SavedAt = archive.SavedAt,
            Bytes = copy.Bytes,
            StoredBytes = copy.StoredBytes,
            Sha256 = copy.Sha256,
        };
        // No token: the file is there.
        var gone = await database.WriteAsync(async context =>
        {
            var before = await context.Predefined.Where(p => p.Config == row.Config && p.Group == row.Group && p.Pool == row.Pool && p.Environment == row.Environment).ToListAsync();
            context.Predefined.RemoveRange(before);
            context.Predefined.Add(row);
            events.Add(context, new HouseEvent(EventKinds.PredefinedSet, $"'{row.Config}' of '{row.From}' was made predefined for {WordsOf(row)}.", actor, row.Pool) { User = row.From, After = row.ToView() });
            return before.ConvertAll(old => old.Id);
        }, CancellationToken.None);
        gone.ForEach(library.Remove);
        changes.Announce();
        return row.ToView();
    }

    /// <summary>Removes predefined settings; who has begun with them keeps theirs. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(async context =>
        {
            if (await context.Predefined.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } row) return false;
            context.Predefined.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.PredefinedRemoved, $"'{row.Config}' is no longer predefined for {WordsOf(row)}.", actor, row.Pool) { Before = row.ToView() });
            return true;
        }, cancellationToken);
        if (!found) return new Fault(ErrorCode.NotFound, "There are no such predefined settings.");
        library.Remove(id);
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>What may be for a user's desktop of a pool, that for the fewest first: which of it is, the conditions of environments tell.</summary>
    internal static async Task<List<PredefinedRow>> ForAsync(MayflyDbContext context, string user, string pool, CancellationToken cancellationToken)
    {
        var groups = context.GroupMembers.Where(m => m.User == user).Select(m => m.Group);
        var rows = await context.Predefined.AsNoTracking().Where(p => (p.Pool == null || p.Pool == pool) && (p.Group == null || groups.Contains(p.Group))).ToListAsync(cancellationToken);
        // By name last: of two groups, or two environments, always the same one.
        return [.. rows.OrderByDescending(row => row.Precedence).ThenBy(row => row.Group, StringComparer.Ordinal).ThenBy(row => row.Environment, StringComparer.Ordinal)];
    }

    private async Task<Outcome<PersonaArchiveRow>> SourceAsync(PredefineRequest request, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (request.Group is { } group && !await context.Groups.AnyAsync(g => g.Name == group, cancellationToken)) return GroupBook.NoGroup(group);
        if (request.Pool is { } pool && !await context.Pools.AnyAsync(p => p.Name == pool && !p.Deleting, cancellationToken)) return PoolFaults.NoPool(pool);
        if (request.Environment is { } environment && !await context.Environments.AnyAsync(e => e.Name == environment, cancellationToken)) return EnvironmentBook.NoEnvironment(environment);
        var rows = context.PersonaArchives.AsNoTracking().Where(a => a.User == request.User && a.Config == request.Config);
        var row = await (request.Version is { } version ? rows.Where(a => a.Id == version) : rows.Where(a => a.State == PersonaArchiveState.Current)).SingleOrDefaultAsync(cancellationToken);
        return row is null ? new Fault(ErrorCode.NotFound, $"Of '{request.User}' there is no such version of '{request.Config}'.", null, "Set it in a desktop of theirs and log off.") : row;
    }

    private static string WordsOf(PredefinedRow row) => ScopeOf(row) + (row.Environment is { } environment ? $", where '{environment}' is met" : "");

    private static string ScopeOf(PredefinedRow row) => (row.Group, row.Pool) switch
    {
        (null, null) => "everybody",
        ({ } group, null) => $"the group '{group}'",
        (null, { } pool) => $"the pool '{pool}'",
        var (group, pool) => $"the group '{group}' in the pool '{pool}'",
    };
}
