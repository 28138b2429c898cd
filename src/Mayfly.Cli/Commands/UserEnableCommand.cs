using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>user enable</c>.</summary>
internal sealed class UserEnableCommand(CliEnvironment environment)
    : UserChangeCommand(environment, "enable", "Let a user sign in again.")
{
    protected override ChangeUserRequest Change(ParseResult parsed) => new(Enabled: true);
}
