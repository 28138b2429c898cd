using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>user disable</c>.</summary>
internal sealed class UserDisableCommand(CliEnvironment environment)
    : UserChangeCommand(environment, "disable", "Let a user no longer sign in; their sign-ins, tokens and displays end at once.")
{
    protected override ChangeUserRequest Change(ParseResult parsed) => new(Enabled: false);
}
