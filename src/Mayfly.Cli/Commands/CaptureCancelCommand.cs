using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>capture cancel</c>.</summary>
internal sealed class CaptureCancelCommand(CliEnvironment environment)
    : DeedCommand(environment, "cancel", "Give a capture up; its machine is destroyed.", "capture", "Capture id")
{
    protected override Deed Begin(MayflyClient client, string capture, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.CancelCaptureAsync(capture, cancellationToken), $"Capture {capture} is given up.", new { Cancelled = capture });
}
