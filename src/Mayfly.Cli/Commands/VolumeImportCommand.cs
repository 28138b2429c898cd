using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume import</c>.</summary>
internal sealed class VolumeImportCommand : VerbCommand
{
    private readonly Argument<string> _file = new("file") { Description = "qcow2 file on mayflyd's host" };
    private readonly Option<string> _user = new("--user") { Description = "Whose it becomes", Required = true };
    private readonly Option<string> _os = new("--os") { Description = "Operating system it is for, such as debian-13", Required = true };
    private readonly Option<VolumeKind?> _keeps = ReadOption.Choice<VolumeKind>("--keeps", "What it keeps; both when left out");

    public VolumeImportCommand(CliEnvironment environment)
        : base(environment, "import", "Make a volume of a qcow2 file.")
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[_user, _os, _keeps])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new ImportVolumeRequest(
            parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_os), parsed.GetValue(_keeps) ?? VolumeKind.AppsAndProfile, Path.GetFullPath(parsed.GetRequiredValue(_file)));
        return cli.Report.Show(await cli.Client.ImportVolumeAsync(request, cancellationToken), VolumeTable.Facts);
    }
}
