using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>host add</c>.</summary>
internal sealed class HostAddCommand : VerbCommand
{
    private readonly Argument<string> _token = new("token") { Description = "What the host says in its log when it belongs to no house: mayfly-host://..." };
    private readonly Option<string?> _name = new("--name") { Description = "Its name in the house; what it calls itself unless given" };

    public HostAddCommand(CliEnvironment environment)
        : base(environment, "add", "Make a host a member of the house.")
    {
        Arguments.Add(_token);
        Options.Add(_name);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.AddHostAsync(new AddHostRequest(parsed.GetRequiredValue(_token), parsed.GetValue(_name)), cancellationToken), host => HostTable.Of([host]));
}
