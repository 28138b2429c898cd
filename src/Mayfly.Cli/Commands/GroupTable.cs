using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How groups are shown.</summary>
internal static class GroupTable
{
    public static Table Of(params IEnumerable<GroupView> groups) => TextTable.Of(
        ["group", "name", "members", "directory", "name there"],
        groups.Select(IReadOnlyList<string?> (group) =>
            [group.Name, group.DisplayName, Words.Number(group.Members), group.Directory, group.ExternalName]));
}
