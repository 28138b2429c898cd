using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool canary set</c>.</summary>
internal sealed class CanarySetCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };
    private readonly Argument<string[]> _machines = new("machine") { Description = "Machines that get it", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _version = new("--version") { Description = "A published version of the pool's image", Required = true };

    public CanarySetCommand(CliEnvironment environment)
        : base(environment, "set", "Put a second image version on chosen machines of a pool.")
    {
        Arguments.Add(_pool);
        Arguments.Add(_machines);
        Options.Add(_version);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new CanaryRequest(parsed.GetRequiredValue(_version), parsed.GetRequiredValue(_machines));
        return cli.Report.Show(await cli.Client.SetCanaryAsync(parsed.GetRequiredValue(_pool), request, cancellationToken), PoolFacts.Of);
    }
}
