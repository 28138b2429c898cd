using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that reads a pool, changes some of its settings, and shows it as it is then.</summary>
internal abstract class PoolChangeCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };

    protected PoolChangeCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description) => Arguments.Add(_pool);

    /// <summary>What the settings shall be.</summary>
    protected abstract Outcome<PoolSettings> Change(PoolSettings settings, CliSession cli, ParseResult parsed);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var read = await cli.Client.PoolAsync(parsed.GetRequiredValue(_pool), cancellationToken);
        if (!read.TryGet(out var pool, out var fault) || !Change(pool, cli, parsed).TryGet(out var settings, out fault))
            return cli.Report.Fail(fault);
        return cli.Report.Show(await cli.Client.SetPoolAsync(pool.Name, settings, cancellationToken), PoolFacts.Of);
    }
}
