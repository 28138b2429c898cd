using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume restore</c>.</summary>
internal sealed class VolumeRestoreCommand : VolumeCommand
{
    private readonly Argument<string> _snapshot = new("snapshot") { Description = "Snapshot id, as \"volume show\" tells" };

    public VolumeRestoreCommand(CliEnvironment environment)
        : base(environment, "restore", "Take a volume back to a snapshot, after taking one of what is there now.") => Arguments.Add(_snapshot);

    protected override Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        client.RestoreVolumeAsync(volume, new RestoreVolumeRequest(parsed.GetRequiredValue(_snapshot)), cancellationToken);
}
