using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>persona show</c>.</summary>
internal sealed class PersonaShowCommand(CliEnvironment environment)
    : NamedViewCommand<PersonaDetails>(environment, "show", "Show what is kept of a user's settings, with earlier versions.", "user", "User name")
{
    protected override Task<Outcome<PersonaDetails>> ReadAsync(MayflyClient client, string user, CancellationToken cancellationToken) => client.PersonaAsync(user, cancellationToken);

    protected override IRenderable Render(PersonaDetails persona) => PersonaTable.Of(persona);
}
