using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>token make</c>.</summary>
internal sealed class TokenMakeCommand : TokenIssueCommand
{
    private readonly Option<string?> _user = new("--user") { Description = "Whom it stands for; yourself when left out" };

    public TokenMakeCommand(CliEnvironment environment)
        : base(environment, "make", "Make an API token; shown this once.") => Options.Add(_user);

    protected override string? User(ParseResult parsed) => parsed.GetValue(_user);
}
