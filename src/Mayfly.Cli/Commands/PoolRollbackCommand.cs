using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool rollback</c>.</summary>
internal sealed class PoolRollbackCommand : PushCommand
{
    private readonly Option<string?> _version = new("--version")
    {
        Description = "One of the versions \"pool show\" says are kept; the one before when left out",
    };

    private readonly InUseOptions _inUse = new();

    public PoolRollbackCommand(CliEnvironment environment)
        : base(environment, "rollback", "Move a pool back to an earlier version, which is still published.", canWait: true)
    {
        Options.Add(_version);
        _inUse.AddTo(this);
    }

    protected override Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new RollbackRequest(parsed.GetValue(_version), _inUse.Rule(parsed), _inUse.GraceSeconds(parsed));
        return cli.Client.RollbackAsync(pool, request, cancellationToken);
    }
}
