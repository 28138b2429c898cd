namespace Mayfly.Contracts.Agent;

/// <summary>What belongs to one application or one part of the desktop, in the home of the desktop's account.</summary>
/// <param name="Name">Name of its Flex config.</param>
/// <param name="Include">
/// Paths in the home, such as ".config/xfce4/panel"; a folder stands for all in it. "*" and "?" stand for any characters of one name.
/// At most 256, none absolute, none with "..".
/// </param>
/// <param name="Exclude">Paths in the home that are left out of it, as patterns of GNU tar; where the guest has another tar, one that leaves something out can not be packed.</param>
public sealed record PersonaFiles(string Name, IReadOnlyList<string> Include, IReadOnlyList<string> Exclude)
{
    /// <summary>Channels of Xfconf, such as "xfce4-panel", of which that is kept which differs from the desktop before anybody used it. At most 256.</summary>
    public IReadOnlyList<string>? Xfconf { get; init; }

    /// <summary>
    /// Paths of dconf, such as "/org/xfce/mousepad/", of which that is kept which differs from the desktop before anybody used it. A key belongs to the longest
    /// path it is below; one that begins with "!" is that of another application. At most 256.
    /// </summary>
    public IReadOnlyList<string>? Dconf { get; init; }
}

/// <summary>
/// Packs what belongs to these applications onto a disk, one archive after the other; one of which nothing was changed since the first
/// <see cref="PersonaSetRequest"/> is not packed. The account of the desktop packs it, so nothing is in it that it may not read.
/// </summary>
/// <param name="Serial">Serial number of the disk to write to.</param>
/// <param name="Configs">What to pack, at most 256.</param>
/// <param name="TimeoutSeconds">The guest gives up after this long, 1 to 600; what it has not come to is told as a problem.</param>
public sealed record PersonaSaveRequest(string Serial, IReadOnlyList<PersonaFiles> Configs, int TimeoutSeconds)
{
    /// <summary>
    /// Programs that were started since the first <see cref="PersonaSetRequest"/> are asked to end before anything is packed, so that they write what they
    /// hold, and killed after this long, 1 to 60; 0 lets them go on. The desktop goes on in any case.
    /// </summary>
    public int EndSeconds { get; init; }
}

/// <summary>What was packed. The disk has it all.</summary>
/// <param name="Archives">Where each archive lies. An application of which there is nothing, or nothing new, has none.</param>
/// <param name="Problems">What could not be packed, and why.</param>
public sealed record PersonaSaveReport(IReadOnlyList<PersonaSpan> Archives, IReadOnlyList<PersonaProblem> Problems);

/// <summary>Unpacks archives from a disk into the home, one after the other, by the account of the desktop.</summary>
/// <param name="Serial">Serial number of the disk to read from.</param>
/// <param name="Archives">Where each archive lies, at most 256.</param>
/// <param name="TimeoutSeconds">The guest gives up after this long, 1 to 600; what it has not come to is told as a problem.</param>
public sealed record PersonaLoadRequest(string Serial, IReadOnlyList<PersonaSpan> Archives, int TimeoutSeconds);

/// <summary>What was unpacked, or set.</summary>
/// <param name="Problems">What could not be unpacked or set in full, and why.</param>
public sealed record PersonaLoadReport(IReadOnlyList<PersonaProblem> Problems);

/// <summary>Where one archive lies on a disk.</summary>
/// <param name="Name">Name of its Flex config.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Bytes">Its length.</param>
public sealed record PersonaSpan(string Name, long Offset, long Bytes);

/// <summary>Sets in the running desktop what was unpacked for it. What is changed from then on counts as its user's.</summary>
/// <param name="Parts">What to set, at most 256.</param>
/// <param name="TimeoutSeconds">The guest gives up after this long, 1 to 600.</param>
public sealed record PersonaSetRequest(IReadOnlyList<PersonaSettings> Parts, int TimeoutSeconds)
{
    /// <summary>True when more is unpacked and set after it: what is changed counts as its user's only after that.</summary>
    public bool More { get; init; }
}

/// <summary>What one application or one part of the desktop has set in the running desktop.</summary>
/// <param name="Name">Name of its Flex config.</param>
/// <param name="Xfconf">Channels of Xfconf, at most 256.</param>
public sealed record PersonaSettings(string Name, IReadOnlyList<string> Xfconf)
{
    /// <summary>Paths of dconf, as <see cref="PersonaFiles.Dconf"/> has them.</summary>
    public IReadOnlyList<string>? Dconf { get; init; }
}

/// <summary>A part of a persona that could not be packed or unpacked.</summary>
/// <param name="Name">Name of its Flex config.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record PersonaProblem(string Name, string Reason);
