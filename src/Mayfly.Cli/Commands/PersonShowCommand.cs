using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>person show</c>.</summary>
internal sealed class PersonShowCommand(CliEnvironment environment)
    : NamedViewCommand<PersonView>(environment, "show", "Show all the help desk needs to know of a person.", "user", "User name")
{
    protected override Task<Outcome<PersonView>> ReadAsync(MayflyClient client, string user, CancellationToken cancellationToken) =>
        client.PersonAsync(user, cancellationToken);

    protected override IRenderable Render(PersonView person) => PersonPage.Of(person);
}
