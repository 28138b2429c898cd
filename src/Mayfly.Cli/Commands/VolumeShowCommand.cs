using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume show</c>.</summary>
internal sealed class VolumeShowCommand(CliEnvironment environment)
    : NamedViewCommand<VolumeDetails>(environment, "show", "Show one volume with its snapshots.", "volume", "Volume id")
{
    protected override Task<Outcome<VolumeDetails>> ReadAsync(MayflyClient client, string volume, CancellationToken cancellationToken) =>
        client.VolumeAsync(volume, cancellationToken);

    protected override IRenderable Render(VolumeDetails volume) => VolumeTable.Facts(volume);
}
