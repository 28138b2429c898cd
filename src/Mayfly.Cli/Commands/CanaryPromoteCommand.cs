using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool canary promote</c>.</summary>
internal sealed class CanaryPromoteCommand : PushCommand
{
    private readonly InUseOptions _inUse = new();

    public CanaryPromoteCommand(CliEnvironment environment)
        : base(environment, "promote", "Move the whole pool to the version of its canary.", canWait: true) => _inUse.AddTo(this);

    protected override Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.PromoteCanaryAsync(pool, new PromoteCanaryRequest(_inUse.Rule(parsed), _inUse.GraceSeconds(parsed)), cancellationToken);
}
