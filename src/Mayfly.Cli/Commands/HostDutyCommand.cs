using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>host drain</c> and <c>host resume</c>.</summary>
internal sealed class HostDutyCommand : VerbCommand
{
    private readonly Argument<string> _name = new("host") { Description = "Name of the host" };
    private readonly bool _maintenance;

    private HostDutyCommand(CliEnvironment environment, string verb, string what, bool maintenance)
        : base(environment, verb, what)
    {
        _maintenance = maintenance;
        Arguments.Add(_name);
    }

    public static HostDutyCommand Drain(CliEnvironment environment) =>
        new(environment, "drain", "Put a host into maintenance: nothing new is made there, and what nobody uses goes elsewhere.", maintenance: true);

    public static HostDutyCommand Resume(CliEnvironment environment) => new(environment, "resume", "End the maintenance of a host.", maintenance: false);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.ChangeHostAsync(parsed.GetRequiredValue(_name), new ChangeHostRequest(_maintenance), cancellationToken), host => HostTable.Of([host]));
}
