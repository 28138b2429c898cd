using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool canary cancel</c>.</summary>
internal sealed class CanaryCancelCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };

    public CanaryCancelCommand(CliEnvironment environment)
        : base(environment, "cancel", "Give the canary up; its machines go back to the pool's version.") => Arguments.Add(_pool);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.CancelCanaryAsync(parsed.GetRequiredValue(_pool), cancellationToken), PoolFacts.Of);
}
