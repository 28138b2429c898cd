using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app import</c>.</summary>
internal sealed class AppImportCommand : OperationCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Argument<string> _file = new("file") { Description = "squashfs or tar archive on mayflyd's host, with usr/, opt/ and etc/" };
    private readonly Option<string> _version = new("--version") { Description = "Version of the package", Required = true };
    private readonly Option<bool> _privileged = new("--allow-privileged") { Description = "Take files that give rights" };

    public AppImportCommand(CliEnvironment environment)
        : base(environment, "import", "Make a package of a file.")
    {
        Arguments.Add(_app);
        Arguments.Add(_file);
        Options.Add(_version);
        Options.Add(_privileged);
    }

    protected override Task<Outcome<OperationView>> StartAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new ImportPackageRequest(parsed.GetRequiredValue(_version), Path.GetFullPath(parsed.GetRequiredValue(_file)), parsed.GetValue(_privileged));
        return cli.Client.ImportPackageAsync(parsed.GetRequiredValue(_app), request, cancellationToken);
    }
}
