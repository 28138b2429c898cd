using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How directories are listed.</summary>
internal static class DirectoryTable
{
    public static Table Of(IEnumerable<DirectoryView> directories) => TextTable.Of(
        ["directory", "kind", "at", "users"],
        directories.Select(IReadOnlyList<string?> (directory) => [directory.Name, Kind(directory), At(directory), Words.Number(directory.Users)]));

    private static string Kind(DirectoryView directory) => directory.Ldap is null ? "openid" : "ldap";

    private static string? At(DirectoryView directory) =>
        directory.Ldap is { } ldap ? string.Join(", ", ldap.Servers) : directory.OpenId?.Authority;
}
