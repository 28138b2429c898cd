using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume export</c>.</summary>
internal sealed class VolumeExportCommand : VerbCommand
{
    private readonly Argument<string> _volume = new("volume") { Description = "Volume id" };
    private readonly Argument<string> _file = new("file") { Description = "New file on this computer" };

    public VolumeExportCommand(CliEnvironment environment)
        : base(environment, "export", "Save a volume as a qcow2 file, without its snapshots.")
    {
        Arguments.Add(_volume);
        Arguments.Add(_file);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (volume, file) = (parsed.GetRequiredValue(_volume), Path.GetFullPath(parsed.GetRequiredValue(_file)));
        return cli.Report.Confirm(await cli.Client.ExportVolumeAsync(volume, file, cancellationToken), $"Volume {volume} is saved to {file}.", new { Saved = file });
    }
}
