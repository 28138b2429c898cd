using Mayfly.Contracts.Api;

namespace Mayfly.Control.Apps;

/// <summary>
/// Which packages a logon gets. The marker stands for the version it points to; retired ones are out; of each application one is left: a
/// named version beats the marker, a user's assignment beats a group's and that a pool's, then the higher version wins, compared letter by
/// letter. They are in the order in which they win where two have the same file: by precedence, then by name.
/// </summary>
public static class AppResolver
{
    /// <summary>The packages of somebody in a pool. No I/O.</summary>
    /// <param name="user">Who, or null for nobody yet: then only the pool's count.</param>
    /// <param name="groups">Groups they are in.</param>
    /// <param name="pool">Pool of the machine.</param>
    /// <param name="facts">What is known of applications.</param>
    public static IReadOnlyList<ResolvedApp> Resolve(string? user, IReadOnlySet<string> groups, string pool, AppFacts facts)
    {
        var apps = facts.Apps.ToDictionary(app => app.Name);
        var packages = facts.Packages.Where(package => package.Stage != PackageStage.Retired).ToDictionary(package => (package.App, package.Version));
        var candidates =
            from assignment in facts.Assignments
            let rank = RankOf(assignment, user, groups, pool)
            where rank is not null && apps.ContainsKey(assignment.App)
            let version = assignment.Version ?? apps[assignment.App].Current
            where version is not null && packages.ContainsKey((assignment.App, version))
            select (assignment, rank: rank.Value, package: packages[(assignment.App, version)]);
        return
        [
            .. candidates.GroupBy(candidate => candidate.assignment.App).Select(same => same
                    .OrderBy(candidate => candidate.assignment.Version is null)
                    .ThenBy(candidate => candidate.rank)
                    .ThenByDescending(candidate => candidate.package.Version, StringComparer.Ordinal)
                    // The same version by two groups: what is there at once serves both.
                    .ThenBy(candidate => candidate.assignment.Delivery)
                    .First())
                .Select(chosen => new ResolvedApp(apps[chosen.assignment.App], chosen.package, chosen.assignment.Delivery))
                .OrderBy(chosen => chosen.App.Precedence).ThenBy(chosen => chosen.App.Name, StringComparer.Ordinal),
        ];
    }

    private static int? RankOf(AssignmentRow assignment, string? user, IReadOnlySet<string> groups, string pool)
    {
        if (assignment.User is not null) return assignment.User == user ? 0 : null;
        if (assignment.Group is not null) return groups.Contains(assignment.Group) ? 1 : null;
        return assignment.Pool == pool ? 2 : null;
    }
}

/// <summary>What is known of applications.</summary>
/// <param name="Apps">All that may matter.</param>
/// <param name="Packages">Theirs.</param>
/// <param name="Assignments">Theirs.</param>
public sealed record AppFacts(IReadOnlyList<AppRow> Apps, IReadOnlyList<PackageRow> Packages, IReadOnlyList<AssignmentRow> Assignments);

/// <summary>A package that a logon gets.</summary>
/// <param name="App">Application.</param>
/// <param name="Package">The package.</param>
/// <param name="Delivery">When it is attached.</param>
public sealed record ResolvedApp(AppRow App, PackageRow Package, PackageDelivery Delivery);
