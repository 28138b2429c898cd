using System.CommandLine;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>user token</c>: what MAYFLY_TOKEN holds elsewhere.</summary>
internal sealed class UserTokenCommand : VerbCommand
{
    private readonly Argument<string> _user = new("user") { Description = "Login name" };
    private readonly Option<string> _label = new("--label") { Description = "What it is for", DefaultValueFactory = _ => "mayfly" };

    public UserTokenCommand(CliEnvironment environment)
        : base(environment, "token", "Make an API token that stands for a user; shown this once.")
    {
        Arguments.Add(_user);
        Options.Add(_label);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var made = await cli.Client.MakeTokenAsync(parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_label), cancellationToken);
        return cli.Report.Show(made, token => new Text(token.Token));
    }
}
