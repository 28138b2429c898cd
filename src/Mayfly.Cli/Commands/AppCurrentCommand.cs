using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app current</c>.</summary>
internal sealed class AppCurrentCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Argument<string> _version = new("version") { Description = "Version, or none" };

    public AppCurrentCommand(CliEnvironment environment)
        : base(environment, "current", "Point the marker to a version: who is assigned the marker gets that one at the next logon.")
    {
        Arguments.Add(_app);
        Arguments.Add(_version);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var version = parsed.GetRequiredValue(_version) is "none" ? null : parsed.GetRequiredValue(_version);
        return cli.Report.Show(await cli.Client.SetCurrentAsync(parsed.GetRequiredValue(_app), new SetCurrentRequest(version), cancellationToken), AppTable.Facts);
    }
}
