using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config record</c>.</summary>
internal sealed class FlexConfigRecordCommand(CliEnvironment environment)
    : DeedCommand(environment, "record", "Begin to record what a program writes to the home on a desktop.", "machine", "Name of the machine")
{
    protected override Deed Begin(MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) => new(
        client.BeginRecordingAsync(machine, cancellationToken), $"What is written to the home on {machine} is recorded. Use the program there, end it, then: mayfly flex-config propose {machine}", new { Recorded = machine });
}
