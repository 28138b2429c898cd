using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume move</c>.</summary>
internal sealed class VolumeMoveCommand : VolumeCommand
{
    private readonly Argument<string> _user = new("user") { Description = "User who has none for its operating system" };

    public VolumeMoveCommand(CliEnvironment environment)
        : base(environment, "move", "Give a volume to another user.") => Arguments.Add(_user);

    protected override Task<Outcome<VolumeDetails>> ChangeAsync(MayflyClient client, string volume, ParseResult parsed, CancellationToken cancellationToken) =>
        client.MoveVolumeAsync(volume, new MoveVolumeRequest(parsed.GetRequiredValue(_user)), cancellationToken);
}
