using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>persona reset</c>.</summary>
internal sealed class PersonaResetCommand(CliEnvironment environment)
    : PersonaCommand(environment, "reset", "Have a user's next desktop get what the image says; what was kept stays as an earlier version.")
{
    protected override Task<Outcome<PersonaDetails>> ChangeAsync(MayflyClient client, string user, string config, ParseResult parsed, CancellationToken cancellationToken) =>
        client.ResetPersonaAsync(user, config, cancellationToken);
}
