using System.CommandLine;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that makes an API token, what MAYFLY_TOKEN holds elsewhere, and prints it alone.</summary>
internal abstract class TokenIssueCommand : VerbCommand
{
    private readonly Option<string> _label = new("--label") { Description = "What it is for", DefaultValueFactory = _ => "mayfly" };
    private readonly Option<int?> _days = new("--days") { Description = "Days it is good, 1 to 3650; for ever when left out" };

    protected TokenIssueCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description)
    {
        Options.Add(_label);
        Options.Add(_days);
    }

    /// <summary>Whom it stands for; null for the caller.</summary>
    protected abstract string? User(ParseResult parsed);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new MakeTokenRequest(User(parsed), parsed.GetRequiredValue(_label), parsed.GetValue(_days));
        return cli.Report.Show(await cli.Client.MakeTokenAsync(request, cancellationToken), token => new Text(token.Token));
    }
}
