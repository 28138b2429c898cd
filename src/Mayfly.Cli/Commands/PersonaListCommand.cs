using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>persona list</c>.</summary>
internal sealed class PersonaListCommand : ViewCommand<List<PersonaView>>
{
    private readonly Option<string?> _search = new("--search") { Description = "Users whose name has this in it" };

    public PersonaListCommand(CliEnvironment environment)
        : base(environment, "list", "List users of whom settings are kept.") => Options.Add(_search);

    protected override Task<Outcome<List<PersonaView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.PersonasAsync(parsed.GetValue(_search), cancellationToken);

    protected override IRenderable Render(List<PersonaView> personas) => PersonaTable.Of(personas);
}
