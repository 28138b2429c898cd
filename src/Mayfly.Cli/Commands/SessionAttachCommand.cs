using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>session attach</c>.</summary>
internal sealed class SessionAttachCommand : VerbCommand
{
    private readonly Argument<string> _session = new("session") { Description = "Session id" };
    private readonly Argument<string> _app = new("app") { Description = "Application it has on demand" };

    public SessionAttachCommand(CliEnvironment environment)
        : base(environment, "attach", "Attach an on-demand application to a session now.")
    {
        Arguments.Add(_session);
        Arguments.Add(_app);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.AttachAppAsync(parsed.GetRequiredValue(_session), parsed.GetRequiredValue(_app), cancellationToken), SessionTable.Facts);
}
