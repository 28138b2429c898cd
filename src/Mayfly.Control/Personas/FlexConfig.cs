using Mayfly.Contracts.Agent;
using Mayfly.Control.Environments;
using YamlDotNet.Serialization;

namespace Mayfly.Control.Personas;

/// <summary>What belongs to one application or one part of the desktop, so that it can be kept, taken back and counted by itself.</summary>
public sealed record FlexConfig
{
    /// <summary>Unique name: 1 to 63 of a-z, 0-9 and '-'. Not in the file.</summary>
    [YamlIgnore]
    public string Name { get; init; } = "";

    /// <summary>What people read.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Paths in the home, as <see cref="PersonaFiles.Include"/> has them.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>What of that is left out, as <see cref="PersonaFiles.Exclude"/> has it.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Channels of Xfconf, as <see cref="PersonaFiles.Xfconf"/> has them.</summary>
    public IReadOnlyList<string> Xfconf { get; init; } = [];

    /// <summary>Paths of dconf, as <see cref="PersonaFiles.Dconf"/> has them.</summary>
    public IReadOnlyList<string> Dconf { get; init; } = [];

    /// <summary>Absolute paths of executables: it is brought when the first of them starts, and saved when the last has ended. Empty brings it at the logon.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>For which logons it is, or null for all.</summary>
    public Condition? When { get; init; }

    /// <summary>False has nothing of it saved or brought.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a guest packs of it: without what others of those there are have for themselves.</summary>
    internal PersonaFiles ToFiles(IReadOnlyList<FlexConfig> known) => new(Name, Include, Exclude)
    {
        Xfconf = Xfconf,
        Dconf = [.. Dconf, .. known.SelectMany(other => other.Dconf).Except(Dconf).Where(path => Dconf.Any(own => path.StartsWith(own, StringComparison.Ordinal))).Select(path => $"!{path}")],
    };

    internal ProgramPart ToProgramPart(bool ready) => new(Name, Programs, ready);
}
