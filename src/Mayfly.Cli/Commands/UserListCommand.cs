using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>user list</c>.</summary>
internal sealed class UserListCommand : ViewCommand<List<UserView>>
{
    private readonly Option<string?> _search = new("--search") { Description = "Those with this in one of their names" };

    public UserListCommand(CliEnvironment environment)
        : base(environment, "list", "List users.") => Options.Add(_search);

    protected override Task<Outcome<List<UserView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.UsersAsync(parsed.GetValue(_search), cancellationToken);

    protected override IRenderable Render(List<UserView> users) => UserTable.Of(users);
}
