using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How roles given to users and groups are shown.</summary>
internal static class RoleTable
{
    public static Table Of(params IEnumerable<RoleGrantView> grants) => TextTable.Of(
        ["grant", "role", "user", "group", "pool"],
        grants.Select(IReadOnlyList<string?> (grant) => [grant.Id, Words.Kebab(grant.Role), grant.User, grant.Group, grant.Pool ?? "all"]));
}
