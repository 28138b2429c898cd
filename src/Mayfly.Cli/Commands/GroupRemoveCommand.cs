using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>group remove</c>.</summary>
internal sealed class GroupRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove a group with its roles and entitlements; its users stay.", "group", "Group name")
{
    protected override Deed Begin(MayflyClient client, string group, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveGroupAsync(group, cancellationToken), $"Group {group} is removed.", new { Removed = group });
}
