using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>app show</c>.</summary>
internal sealed class AppShowCommand(CliEnvironment environment)
    : NamedViewCommand<AppView>(environment, "show", "Show one application with its versions and who gets it.", "app", "Application name")
{
    protected override Task<Outcome<AppView>> ReadAsync(MayflyClient client, string app, CancellationToken cancellationToken) => client.AppAsync(app, cancellationToken);

    protected override IRenderable Render(AppView app) => AppTable.Facts(app);
}
