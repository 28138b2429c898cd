using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool delete</c>.</summary>
internal sealed class PoolDeleteCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };
    private readonly Option<bool> _force = new("--force") { Description = "Even while users have sessions in it" };

    public PoolDeleteCommand(CliEnvironment environment)
        : base(environment, "delete", "Delete a pool and destroy its machines.")
    {
        Arguments.Add(_pool);
        Options.Add(_force);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var pool = parsed.GetRequiredValue(_pool);
        var outcome = await cli.Client.DeletePoolAsync(pool, parsed.GetValue(_force), cancellationToken);
        return cli.Report.Confirm(outcome, $"Pool {pool} is deleted.", new { Deleted = pool });
    }
}
