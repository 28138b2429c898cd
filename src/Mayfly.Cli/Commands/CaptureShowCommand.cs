using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>capture show</c>.</summary>
internal sealed class CaptureShowCommand(CliEnvironment environment)
    : NamedViewCommand<CaptureView>(environment, "show", "Show one capture.", "capture", "Capture id")
{
    protected override Task<Outcome<CaptureView>> ReadAsync(MayflyClient client, string capture, CancellationToken cancellationToken) =>
        client.CaptureAsync(capture, cancellationToken);

    protected override IRenderable Render(CaptureView capture) => AppTable.Facts(capture);
}
