using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume enable</c>.</summary>
internal sealed class VolumeEnableCommand(CliEnvironment environment) : VolumeCommand(environment, "enable", "Let a volume be attached again.")
{
    protected override Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        client.EnableVolumeAsync(volume, new EnableVolumeRequest(true), cancellationToken);
}
