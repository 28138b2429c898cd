using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>Options on what a pool's sessions have attached.</summary>
internal sealed class PoolAttachOptions
{
    private const string None = "none";

    private static readonly Dictionary<string, VolumeKind> Kinds = Enum.GetValues<VolumeKind>().ToDictionary(Words.Kebab);

    private readonly Option<string?> _volume = new("--user-volume")
    {
        Description = "What of its users' is kept on a writable volume",
        HelpName = string.Join('|', Kinds.Keys.Append(None)),
    };

    private readonly Option<int?> _size = new("--volume-size") { Description = "Size in MiB of volumes this pool makes" };
    private readonly Option<int?> _snapshots = new("--volume-snapshots") { Description = "Snapshots kept of each volume, one before each logon" };
    private readonly Option<bool?> _persona = new("--persona") { Description = "Keep users' settings from one desktop to the next" };
    private readonly Option<AttachFailureRule?> _onFailure =
        ReadOption.Choice<AttachFailureRule>("--on-attach-failure", "A logon at which something could not be attached goes on without, or is refused");

    public PoolAttachOptions()
    {
        _volume.CompletionSources.Add([.. Kinds.Keys.Append(None)]);
        _volume.Validators.Add(result =>
        {
            var text = result.Tokens[0].Value;
            if (text is not None && !Kinds.ContainsKey(text))
                result.AddError($"--user-volume does not take \"{text}\". It takes {string.Join('|', Kinds.Keys.Append(None))}.");
        });
    }

    public IEnumerable<Option> All => [_volume, _size, _snapshots, _persona, _onFailure];

    /// <summary>The settings with what the command line names in place of theirs.</summary>
    public PoolSettings Apply(ParseResult parsed, PoolSettings settings) => settings with
    {
        Volume = parsed.GetValue(_volume) is { } volume ? (volume is None ? null : Kinds[volume]) : settings.Volume,
        VolumeMib = parsed.GetValue(_size) ?? settings.VolumeMib,
        VolumeSnapshots = parsed.GetValue(_snapshots) ?? settings.VolumeSnapshots,
        Persona = parsed.GetValue(_persona) ?? settings.Persona,
        OnAttachFailure = parsed.GetValue(_onFailure) ?? settings.OnAttachFailure,
    };
}
