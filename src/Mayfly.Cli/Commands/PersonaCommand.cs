using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that changes what the next desktop of a user gets of one Flex config, and shows what there is then.</summary>
internal abstract class PersonaCommand : VerbCommand
{
    private readonly Argument<string> _user = new("user") { Description = "User name" };
    private readonly Argument<string> _config = new("flex-config") { Description = "Name of the Flex config" };

    protected PersonaCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description)
    {
        Arguments.Add(_user);
        Arguments.Add(_config);
    }

    /// <summary>Does it.</summary>
    protected abstract Task<Outcome<PersonaDetails>> ChangeAsync(MayflyClient client, string user, string config, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await ChangeAsync(cli.Client, parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_config), parsed, cancellationToken), PersonaTable.Of);
}
