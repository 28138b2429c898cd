using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Apps;

/// <summary>Reads what <see cref="AppResolver"/> needs, and no more.</summary>
internal static class AppReader
{
    /// <summary>The packages of a user in a pool.</summary>
    public static async Task<IReadOnlyList<ResolvedApp>> OfUserAsync(MayflyDbContext context, string user, string pool, CancellationToken cancellationToken)
    {
        var groups = (await context.GroupMembers.Where(m => m.User == user).Select(m => m.Group).ToListAsync(cancellationToken)).ToHashSet();
        var assignments = await context.Assignments.AsNoTracking()
            .Where(a => a.User == user || a.Pool == pool || (a.Group != null && groups.Contains(a.Group))).ToListAsync(cancellationToken);
        return AppResolver.Resolve(user, groups, pool, await FactsAsync(context, assignments, cancellationToken));
    }

    /// <summary>The packages that a pool's machines get when they are made.</summary>
    public static async Task<IReadOnlyList<ResolvedApp>> OfPoolAsync(MayflyDbContext context, string pool, CancellationToken cancellationToken)
    {
        var assignments = await context.Assignments.AsNoTracking().Where(a => a.Pool == pool && a.Delivery == PackageDelivery.Provision).ToListAsync(cancellationToken);
        return AppResolver.Resolve(null, new HashSet<string>(), pool, await FactsAsync(context, assignments, cancellationToken));
    }

    private static async Task<AppFacts> FactsAsync(MayflyDbContext context, List<AssignmentRow> assignments, CancellationToken cancellationToken)
    {
        if (assignments.Count == 0) return new AppFacts([], [], []);
        var names = assignments.Select(a => a.App).Distinct().ToList();
        return new AppFacts(
            await context.Apps.AsNoTracking().Where(a => names.Contains(a.Name)).ToListAsync(cancellationToken),
            await context.Packages.AsNoTracking().Where(p => names.Contains(p.App)).ToListAsync(cancellationToken), assignments);
    }
}
