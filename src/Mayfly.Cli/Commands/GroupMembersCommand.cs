using Mayfly.Cli.Client;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>group members</c>.</summary>
internal sealed class GroupMembersCommand(CliEnvironment environment)
    : NamedViewCommand<List<string>>(environment, "members", "List the users in a group.", "group", "Group name")
{
    protected override Task<Outcome<List<string>>> ReadAsync(MayflyClient client, string group, CancellationToken cancellationToken) =>
        client.MembersAsync(group, cancellationToken);

    protected override IRenderable Render(List<string> members) => TextTable.Of(["user"], members.Select(IReadOnlyList<string?> (member) => [member]));
}
