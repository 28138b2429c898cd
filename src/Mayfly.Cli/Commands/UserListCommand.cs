using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>user list</c>.</summary>
internal sealed class UserListCommand(CliEnvironment environment) : VerbCommand(environment, "list", "List local users.")
{
    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.UsersAsync(cancellationToken), Render);

    private static Table Render(List<UserView> users) =>
        TextTable.Of(["user", "name", "administrator"], users.Select(IReadOnlyList<string?> (user) => [user.Name, user.DisplayName, user.Administrator ? "yes" : null]));
}
