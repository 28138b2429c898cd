using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume snapshot</c>.</summary>
internal sealed class VolumeSnapshotCommand(CliEnvironment environment) : VolumeCommand(environment, "snapshot", "Take a snapshot of a volume.")
{
    protected override Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        client.SnapshotVolumeAsync(volume, cancellationToken);
}
