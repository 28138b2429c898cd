using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Cli.Output;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that starts a long job and follows it to its end.</summary>
internal abstract class OperationCommand(CliEnvironment environment, string name, string description)
    : VerbCommand(environment, name, description)
{
    /// <summary>Asks for the job.</summary>
    protected abstract Task<Outcome<OperationView>> StartAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var started = await StartAsync(cli, parsed, cancellationToken);
        if (!started.TryGet(out var operation, out var fault))
            return cli.Report.Fail(fault);
        return cli.Report.Show(await cli.Report.Progress().FollowAsync(cli.Client, operation, cancellationToken), Render);
    }

    private static Text Render(OperationView operation)
    {
        var took = operation.FinishedAt - operation.StartedAt;
        return new Text($"{operation.Kind} {operation.Target}: done"
            + (operation.Result is null ? "" : $", {operation.Result}")
            + (took is null ? "" : $" ({Words.Seconds(took.Value.TotalSeconds)})"));
    }
}
