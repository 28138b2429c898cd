using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>user show</c>.</summary>
internal sealed class UserShowCommand(CliEnvironment environment)
    : NamedViewCommand<UserView>(environment, "show", "Show one user.", "user", "User name")
{
    protected override Task<Outcome<UserView>> ReadAsync(MayflyClient client, string user, CancellationToken cancellationToken) =>
        client.UserAsync(user, cancellationToken);

    protected override IRenderable Render(UserView user) => UserTable.Facts(user);
}
