using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>group remove-member</c>.</summary>
internal sealed class GroupRemoveMemberCommand(CliEnvironment environment)
    : GroupMemberCommand(environment, "remove-member", "Take a user out of a local group.")
{
    protected override Deed Begin(MayflyClient client, string group, string user, CancellationToken cancellationToken) =>
        new(client.RemoveMemberAsync(group, user, cancellationToken), $"{user} is no longer in {group}.", new { Removed = new { group, user } });
}
