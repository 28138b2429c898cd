using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>host authority</c>.</summary>
internal sealed class HostAuthorityCommand : VerbCommand
{
    private readonly Option<bool> _exchange = new("--exchange") { Description = "Begin to exchange it for another one; nothing stands still meanwhile" };

    public HostAuthorityCommand(CliEnvironment environment)
        : base(environment, "authority", "Show or exchange the authority by which servers and hosts know each other.") => Options.Add(_exchange);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(
            await (parsed.GetValue(_exchange) ? cli.Client.ExchangeAuthorityAsync(cancellationToken) : cli.Client.AuthorityAsync(cancellationToken)),
            authority => TextTable.Of(["authority", "ends", "exchange"], [(IReadOnlyList<string?>)[authority.Fingerprint[..16], Words.When(authority.Ends), StepOf(authority.Exchange)]]));

    private static string StepOf(AuthorityExchangeView? exchange) => exchange switch
    {
        null => "none",
        { Step: AuthorityExchangeStep.Announced } => $"hosts learn to trust the new one; waits for {string.Join(", ", exchange.WaitsFor)}",
        _ => $"hosts get certificates of this one; waits for {string.Join(", ", exchange.WaitsFor)}",
    };
}
