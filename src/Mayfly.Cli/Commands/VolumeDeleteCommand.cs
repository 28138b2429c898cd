using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume delete</c>.</summary>
internal sealed class VolumeDeleteCommand(CliEnvironment environment)
    : DeedCommand(environment, "delete", "Remove a volume for good.", "volume", "Volume id")
{
    protected override Deed Begin(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveVolumeAsync(volume, cancellationToken), $"Volume {volume} is removed.", new { Removed = volume });
}
