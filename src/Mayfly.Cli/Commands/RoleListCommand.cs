using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>role list</c>.</summary>
internal sealed class RoleListCommand(CliEnvironment environment) : ViewCommand<List<RoleGrantView>>(environment, "list", "List who has which role, and where.")
{
    protected override Task<Outcome<List<RoleGrantView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.RolesAsync(cancellationToken);

    protected override IRenderable Render(List<RoleGrantView> grants) => RoleTable.Of(grants);
}
