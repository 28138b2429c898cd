using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>user set</c>.</summary>
internal sealed class UserSetCommand : UserChangeCommand
{
    private readonly Option<string> _displayName = new("--display-name") { Description = "Name shown", Required = true };

    public UserSetCommand(CliEnvironment environment)
        : base(environment, "set", "Change a user.") => Options.Add(_displayName);

    protected override ChangeUserRequest Change(ParseResult parsed) => new(parsed.GetRequiredValue(_displayName));
}
