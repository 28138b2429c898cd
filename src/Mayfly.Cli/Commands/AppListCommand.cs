using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>app list</c>.</summary>
internal sealed class AppListCommand : ViewCommand<List<AppView>>
{
    private readonly Option<string?> _search = new("--search") { Description = "Those with this in their name" };

    public AppListCommand(CliEnvironment environment)
        : base(environment, "list", "List applications.") => Options.Add(_search);

    protected override Task<Outcome<List<AppView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.AppsAsync(parsed.GetValue(_search), cancellationToken);

    protected override IRenderable Render(List<AppView> apps) => AppTable.Of(apps);
}
