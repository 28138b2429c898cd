using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool push resume</c>.</summary>
internal sealed class PushResumeCommand(CliEnvironment environment)
    : PushCommand(environment, "resume", "Go on with a push that is held.", canWait: true)
{
    protected override Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.ResumePushAsync(pool, cancellationToken);
}
