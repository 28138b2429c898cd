using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>group add-member</c>.</summary>
internal sealed class GroupAddMemberCommand(CliEnvironment environment)
    : GroupMemberCommand(environment, "add-member", "Put a user into a local group.")
{
    protected override Deed Begin(MayflyClient client, string group, string user, CancellationToken cancellationToken) =>
        new(client.AddMemberAsync(group, user, cancellationToken), $"{user} is in {group}.", new { Added = new { group, user } });
}
