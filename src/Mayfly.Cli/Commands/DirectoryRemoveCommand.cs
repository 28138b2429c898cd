using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>directory remove</c>.</summary>
internal sealed class DirectoryRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove a directory that no user and no group comes from.", "directory", "Directory name")
{
    protected override Deed Begin(MayflyClient client, string directory, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveDirectoryAsync(directory, cancellationToken), $"Directory {directory} is removed.", new { Removed = directory });
}
