using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>user token</c>.</summary>
internal sealed class UserTokenCommand : TokenIssueCommand
{
    private readonly Argument<string> _user = new("user") { Description = "User name" };

    public UserTokenCommand(CliEnvironment environment)
        : base(environment, "token", "Make an API token that stands for a user; shown this once.") => Arguments.Add(_user);

    protected override string? User(ParseResult parsed) => parsed.GetRequiredValue(_user);
}
