using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that changes one volume and shows it as it is then.</summary>
internal abstract class VolumeCommand : VerbCommand
{
    private readonly Argument<string> _volume = new("volume") { Description = "Volume id" };

    protected VolumeCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description) => Arguments.Add(_volume);

    /// <summary>Does it.</summary>
    protected abstract Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await ChangeAsync(cli.Client, parsed.GetRequiredValue(_volume), parsed, cancellationToken), VolumeTable.Facts);
}
