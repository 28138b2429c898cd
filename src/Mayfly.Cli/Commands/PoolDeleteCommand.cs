using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool delete</c>.</summary>
internal sealed class PoolDeleteCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };

    public PoolDeleteCommand(CliEnvironment environment)
        : base(environment, "delete", "Delete a pool and destroy its machines.") => Arguments.Add(_pool);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var pool = parsed.GetRequiredValue(_pool);
        var outcome = await cli.Client.DeletePoolAsync(pool, cancellationToken);
        return cli.Report.Confirm(outcome, $"Pool {pool} is deleted.", new { Deleted = pool });
    }
}
