using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool push cancel</c>.</summary>
internal sealed class PushCancelCommand(CliEnvironment environment)
    : PushCommand(environment, "cancel", "Give a push up; machines replaced already go back.", canWait: false)
{
    protected override Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.CancelPushAsync(pool, cancellationToken);
}
