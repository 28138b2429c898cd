using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>directory show</c>.</summary>
internal sealed class DirectoryShowCommand(CliEnvironment environment)
    : NamedViewCommand<DirectoryView>(environment, "show", "Show one directory; its secrets are never shown.", "directory", "Directory name")
{
    protected override async Task<Outcome<DirectoryView>> ReadAsync(MayflyClient client, string directory, CancellationToken cancellationToken)
    {
        if (!(await client.DirectoriesAsync(cancellationToken)).TryGet(out var all, out var fault))
            return fault;
        return all.Find(one => one.Name == directory) is { } found
            ? found
            : new Fault(ErrorCode.NotFound, $"There is no directory '{directory}'.");
    }

    protected override IRenderable Render(DirectoryView directory) => DirectoryFacts.Of(directory);
}
