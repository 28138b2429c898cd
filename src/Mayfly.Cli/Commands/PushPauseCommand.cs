using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool push pause</c>.</summary>
internal sealed class PushPauseCommand(CliEnvironment environment)
    : PushCommand(environment, "pause", "Hold a push; machines being replaced are finished.", canWait: false)
{
    protected override Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.PausePushAsync(pool, cancellationToken);
}
