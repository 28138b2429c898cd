using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>backup</c>: the house in one file.</summary>
internal sealed class BackupCommand : VerbCommand
{
    private readonly Argument<string> _file = new("file") { Description = "New file on this computer" };

    public BackupCommand(CliEnvironment environment)
        : base(environment, "backup", "Save the house to a file: the database, personas, packages and volumes. \"mayflyd --restore\" takes it.") => Arguments.Add(_file);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(_file));
        if (!(await cli.Client.BackUpAsync(file, cancellationToken)).TryGet(out var contents, out var fault))
            return cli.Report.Fail(fault);
        cli.Report.Print(new { Saved = file, Contents = contents }, () => new Text(Tell(file, contents)));
        foreach (var gap in contents.LeftOut)
            cli.Report.Note(Words.Printable($"Not in it: {gap.Name}. {gap.Why}"));
        return ExitCodes.Ok;
    }

    private static string Tell(string file, BackupContents contents)
    {
        var (personas, packages, volumes) = (Count("personas/", ".tar.br"), Count("packages/", ".squashfs"), Count("volumes/", ".qcow2"));
        return $"The house is saved to {file}: {Words.Bytes(new FileInfo(file).Length)}, with its database, {personas} archives of personas, {packages} packages and {volumes} volumes.";

        int Count(string start, string end) =>
            contents.Entries.Count(entry => entry.Name.StartsWith(start, StringComparison.Ordinal) && entry.Name.EndsWith(end, StringComparison.Ordinal));
    }
}
