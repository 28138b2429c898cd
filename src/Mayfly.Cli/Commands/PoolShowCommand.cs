using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool show</c>.</summary>
internal sealed class PoolShowCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };

    public PoolShowCommand(CliEnvironment environment)
        : base(environment, "show", "Show one pool.") => Arguments.Add(_pool);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.PoolAsync(parsed.GetRequiredValue(_pool), cancellationToken), PoolTable.Facts);
}
