using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that asks something of a pool's push, and follows it to its end when told to.</summary>
internal abstract class PushCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };
    private readonly Option<bool> _wait = new("--wait", "--watch")
    {
        Description = "Show its progress until it has finished, or stands still because of errors",
    };


    protected PushCommand(CliEnvironment environment, string name, string description, bool canWait)
        : base(environment, name, description)
    {
        Arguments.Add(_pool);
        if (canWait)
            Options.Add(_wait);
    }

    /// <summary>Asks.</summary>
    protected abstract Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(cli, parsed.GetRequiredValue(_pool), parsed, cancellationToken);
        if (!asked.TryGet(out var push, out var fault))
            return cli.Report.Fail(fault);
        if (!parsed.GetValue(_wait))
            return cli.Report.Show<PushView>(push, PushTable.Facts);

        var last = await PushProgress.FollowAsync(cli, push, cancellationToken);
        if (last.Fault is not null)
            return cli.Report.Fail(last.Fault);
        return last.State is PushState.Cancelled
            ? cli.Report.Fail($"The push of {last.Image}@{last.ToVersion} to pool {last.Pool} was cancelled.", ExitCodes.Failed, "PushCancelled")
            : cli.Report.Show<PushView>(last, PushTable.Facts);
    }
}
