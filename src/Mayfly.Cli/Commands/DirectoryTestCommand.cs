using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>directory test</c>.</summary>
internal sealed class DirectoryTestCommand : VerbCommand
{
    private readonly Argument<string> _directory = new("directory") { Description = "Directory name" };

    public DirectoryTestCommand(CliEnvironment environment)
        : base(environment, "test", "Try a directory's settings and tell what was found.") => Arguments.Add(_directory);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.TestDirectoryAsync(parsed.GetRequiredValue(_directory), cancellationToken), DirectoryFacts.Of);
}
