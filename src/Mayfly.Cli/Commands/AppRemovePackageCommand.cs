using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>app remove-package</c>.</summary>
internal sealed class AppRemovePackageCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Argument<string> _version = new("version") { Description = "Version of the package" };

    public AppRemovePackageCommand(CliEnvironment environment)
        : base(environment, "remove-package", "Remove a package that nothing uses.")
    {
        Arguments.Add(_app);
        Arguments.Add(_version);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (app, version) = (parsed.GetRequiredValue(_app), parsed.GetRequiredValue(_version));
        var removed = await cli.Client.RemovePackageAsync(app, version, cancellationToken);
        return cli.Report.Confirm(removed, $"{app} {version} is removed.", new { Removed = $"{app} {version}" });
    }
}
