using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>app export</c>.</summary>
internal sealed class AppExportCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Argument<string> _version = new("version") { Description = "Version of the package" };
    private readonly Argument<string> _file = new("file") { Description = "New file on this computer" };

    public AppExportCommand(CliEnvironment environment)
        : base(environment, "export", "Save a package as a squashfs file.")
    {
        foreach (var argument in (Argument[])[_app, _version, _file])
            Arguments.Add(argument);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (app, version, file) = (parsed.GetRequiredValue(_app), parsed.GetRequiredValue(_version), Path.GetFullPath(parsed.GetRequiredValue(_file)));
        var saved = await cli.Client.ExportPackageAsync(app, version, file, cancellationToken);
        return cli.Report.Confirm(saved, $"{app} {version} is saved to {file}.", new { Saved = file });
    }
}
