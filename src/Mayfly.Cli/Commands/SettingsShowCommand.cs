using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>settings show</c>.</summary>
internal sealed class SettingsShowCommand(CliEnvironment environment)
    : ViewCommand<HouseSettings>(environment, "show", "Show the settings of the house.")
{
    protected override Task<Outcome<HouseSettings>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.SettingsAsync(cancellationToken);

    protected override IRenderable Render(HouseSettings settings) => SettingsFacts.Of(settings);
}
