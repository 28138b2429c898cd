using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool push status</c>.</summary>
internal sealed class PushStatusCommand(CliEnvironment environment)
    : PushCommand(environment, "status", "Show the push in progress, or the last one.", canWait: true)
{
    protected override async Task<Outcome<PushView>> AskAsync(
        CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken)
    {
        var read = await cli.Client.PoolAsync(pool, cancellationToken);
        if (!read.TryGet(out var view, out var fault))
            return fault;
        return view.Push is { } push
            ? push
            : new Fault(ErrorCode.NotFound, $"No image was ever pushed to pool {pool}.", null, $"Begin one with \"mayfly pool push start {pool}\".");
    }
}
