using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>persona restore</c>.</summary>
internal sealed class PersonaRestoreCommand : PersonaCommand
{
    private readonly Argument<string> _version = new("version") { Description = "Version id, as \"persona show\" tells" };

    public PersonaRestoreCommand(CliEnvironment environment)
        : base(environment, "restore", "Have a user's next desktop get an earlier version of one Flex config.") => Arguments.Add(_version);

    protected override Task<Outcome<PersonaDetails>> ChangeAsync(MayflyClient client, string user, string config, ParseResult parsed, CancellationToken cancellationToken) =>
        client.RestorePersonaAsync(user, config, new RestorePersonaRequest(parsed.GetRequiredValue(_version)), cancellationToken);
}
