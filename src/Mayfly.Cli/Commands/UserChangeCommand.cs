using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that changes a user and shows them as they are then.</summary>
internal abstract class UserChangeCommand : VerbCommand
{
    private readonly Argument<string> _user = new("user") { Description = "User name" };

    protected UserChangeCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description) => Arguments.Add(_user);

    /// <summary>What is changed.</summary>
    protected abstract ChangeUserRequest Change(ParseResult parsed);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.ChangeUserAsync(parsed.GetRequiredValue(_user), Change(parsed), cancellationToken), UserTable.Facts);
}
