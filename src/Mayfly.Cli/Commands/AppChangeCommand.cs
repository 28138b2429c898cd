using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app change</c>.</summary>
internal sealed class AppChangeCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly AppDetailsOptions _details = new();

    public AppChangeCommand(CliEnvironment environment)
        : base(environment, "change", "Change an application; what is not named stays as it is.")
    {
        Arguments.Add(_app);
        _details.AddTo(this);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (displayName, description, precedence) = _details.Read(parsed);
        var changed = await cli.Client.ChangeAppAsync(parsed.GetRequiredValue(_app), new ChangeAppRequest(displayName, description, precedence), cancellationToken);
        return cli.Report.Show(changed, AppTable.Facts);
    }
}
