using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>directory list</c>.</summary>
internal sealed class DirectoryListCommand(CliEnvironment environment) : ViewCommand<List<DirectoryView>>(environment, "list", "List directories.")
{
    protected override Task<Outcome<List<DirectoryView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.DirectoriesAsync(cancellationToken);

    protected override IRenderable Render(List<DirectoryView> directories) => DirectoryTable.Of(directories);
}
