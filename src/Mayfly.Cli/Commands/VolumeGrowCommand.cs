using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume grow</c>.</summary>
internal sealed class VolumeGrowCommand : VolumeCommand
{
    private readonly Argument<int> _size = new("mib") { Description = "New size in MiB" };

    public VolumeGrowCommand(CliEnvironment environment)
        : base(environment, "grow", "Make a volume larger.") => Arguments.Add(_size);

    protected override Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        client.GrowVolumeAsync(volume, new GrowVolumeRequest(parsed.GetRequiredValue(_size)), cancellationToken);
}
