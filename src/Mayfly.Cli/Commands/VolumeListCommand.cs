using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>volume list</c>.</summary>
internal sealed class VolumeListCommand : ViewCommand<List<VolumeView>>
{
    private readonly Option<string?> _user = new("--user") { Description = "Those of this user" };
    private readonly Option<string?> _pool = new("--pool") { Description = "Those with a machine of this pool" };
    private readonly Option<VolumeState?> _state = ReadOption.Choice<VolumeState>("--state", "Those in this state");

    public VolumeListCommand(CliEnvironment environment)
        : base(environment, "list", "List users' writable volumes.")
    {
        foreach (var option in (Option[])[_user, _pool, _state])
            Options.Add(option);
    }

    protected override Task<Outcome<List<VolumeView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.VolumesAsync(parsed.GetValue(_user), parsed.GetValue(_pool), parsed.GetValue(_state), cancellationToken);

    protected override IRenderable Render(List<VolumeView> volumes) => VolumeTable.Of(volumes);
}
