using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>group list</c>.</summary>
internal sealed class GroupListCommand(CliEnvironment environment) : ViewCommand<List<GroupView>>(environment, "list", "List groups.")
{
    protected override Task<Outcome<List<GroupView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.GroupsAsync(cancellationToken);

    protected override IRenderable Render(List<GroupView> groups) => GroupTable.Of(groups);
}
