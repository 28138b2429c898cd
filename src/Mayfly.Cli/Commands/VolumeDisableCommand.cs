using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume disable</c>.</summary>
internal sealed class VolumeDisableCommand(CliEnvironment environment) : VolumeCommand(environment, "disable", "Let a volume be attached to no machine.")
{
    protected override Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        client.EnableVolumeAsync(volume, new EnableVolumeRequest(false), cancellationToken);
}
