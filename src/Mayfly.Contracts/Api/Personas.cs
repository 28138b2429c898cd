namespace Mayfly.Contracts.Api;

/// <summary>The persona of a session: the settings of its user that follow from one desktop to the next.</summary>
/// <param name="Loaded">True once it was brought into the machine.</param>
/// <param name="ReadOnly">True when another desktop of its user had it first: nothing is saved from this one.</param>
/// <param name="Parts">Each Flex config.</param>
public sealed record SessionPersona(bool Loaded, bool ReadOnly, IReadOnlyList<SessionPersonaPart> Parts)
{
    /// <summary>Why none of it could be loaded, or null. Then none of it is saved either.</summary>
    public Fault? Fault { get; init; }
}

/// <summary>What a session has of one Flex config.</summary>
/// <param name="Config">Name of the Flex config.</param>
/// <param name="From">When the user's own had been saved that was loaded; null when there was none.</param>
/// <param name="Fault">Why it could not be loaded, or null. Then it is not saved either.</param>
public sealed record SessionPersonaPart(string Config, DateTimeOffset? From, Fault? Fault = null)
{
    /// <summary>True when another version was chosen, or it was reset, while the session went on: it is not saved over that.</summary>
    public bool Replaced { get; init; }

    /// <summary>True until a program that it belongs to is started: it is brought then, and not saved before.</summary>
    public bool Waiting { get; init; }

    /// <summary>True when what is predefined was brought: in place of nothing, or over the user's own.</summary>
    public bool Predefined { get; init; }
}

/// <summary>What an archive of a persona is to its user.</summary>
public enum PersonaArchiveState
{
    /// <summary>The one the next desktop gets.</summary>
    Current,
    /// <summary>An earlier one, kept to go back to.</summary>
    Earlier,
    /// <summary>One that had lost so much that it did not take the place of the one before.</summary>
    Held,
}

/// <summary>What is kept of one user.</summary>
/// <param name="User">Whose.</param>
/// <param name="Parts">How many Flex configs the next desktop gets something of.</param>
/// <param name="Bytes">What that takes in the desktop.</param>
/// <param name="StoredBytes">What all versions take of the host's disk.</param>
/// <param name="Held">How many versions were held back, for they had lost much.</param>
/// <param name="SavedAt">When something was saved last, or null.</param>
/// <param name="Machine">Name of the machine it will be saved from, or null.</param>
public sealed record PersonaView(string User, int Parts, long Bytes, long StoredBytes, int Held, DateTimeOffset? SavedAt, string? Machine);

/// <summary>What is kept of one user, by Flex config.</summary>
/// <param name="Persona">In short.</param>
/// <param name="Parts">Each Flex config of which there is something, by name.</param>
public sealed record PersonaDetails(PersonaView Persona, IReadOnlyList<PersonaPartView> Parts);

/// <summary>What is kept of one user and one Flex config.</summary>
/// <param name="Config">Name of the Flex config.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Versions">Newest first. Where none is current, the next desktop gets what the image says.</param>
public sealed record PersonaPartView(string Config, string DisplayName, IReadOnlyList<PersonaVersionView> Versions);

/// <summary>One version of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">What it is to its user.</param>
/// <param name="SavedAt">When it was saved.</param>
/// <param name="Machine">Name of the machine it was saved on.</param>
/// <param name="Bytes">Its length in the desktop.</param>
/// <param name="StoredBytes">What it takes of the host's disk.</param>
public sealed record PersonaVersionView(string Id, PersonaArchiveState State, DateTimeOffset SavedAt, string Machine, long Bytes, long StoredBytes);

/// <summary>Has the next desktop get another version of one Flex config.</summary>
/// <param name="Version">Id of the version.</param>
public sealed record RestorePersonaRequest(string Version);

/// <summary>What belongs to one application or one part of the desktop, so that it is kept, counted and taken back by itself.</summary>
/// <param name="Name">Unique name: 1 to 63 of a-z, 0-9 and '-'.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Enabled">False has nothing of it saved or brought.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Yaml">Its file.</param>
public sealed record FlexConfigView(string Name, string DisplayName, bool Enabled, FlexConfigOrigin Origin, string Yaml)
{
    /// <summary>Executables: it is brought when the first of them starts, and saved when the last has ended. Empty brings it at the logon.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];
}

/// <summary>Where a Flex config comes from.</summary>
public enum FlexConfigOrigin
{
    /// <summary>It comes with Mayfly.</summary>
    Ready,
    /// <summary>It was made in this house.</summary>
    Own,
    /// <summary>It was made in this house, in place of one that comes with Mayfly.</summary>
    Changed,
}

/// <summary>Makes a Flex config, or changes one.</summary>
/// <param name="Yaml">Its file, at most 64 KiB: displayName, include, exclude, xfconf, dconf, programs, when, enabled. docs/personas.md tells of each.</param>
public sealed record SetFlexConfigRequest(string Yaml);

/// <summary>What a recording has found.</summary>
/// <param name="Yaml">A Flex config to go on from: what was written, without what belongs to one there is.</param>
/// <param name="Files">The files it was made of, paths in the home.</param>
/// <param name="Known">Names of Flex configs that other things belong to which were written.</param>
public sealed record FlexConfigProposal(string Yaml, IReadOnlyList<string> Files, IReadOnlyList<string> Known);

/// <summary>Settings that users begin with, or get in any case.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Config">Name of the Flex config.</param>
/// <param name="Group">Users of this group get them, or null for any.</param>
/// <param name="Pool">They are for desktops of this pool, or null for any.</param>
/// <param name="Enforced">True brings them at each logon, over what the user has; false only to who has none of their own.</param>
/// <param name="From">Whose settings they were made of.</param>
/// <param name="SavedAt">When those had been saved.</param>
/// <param name="Bytes">Their length in the desktop.</param>
public sealed record PredefinedView(string Id, string Config, string? Group, string? Pool, bool Enforced, string From, DateTimeOffset SavedAt, long Bytes)
{
    /// <summary>Logons get them that meet the condition of this environment, or null for all.</summary>
    public string? Environment { get; init; }
}

/// <summary>Makes some of a user's kept settings predefined, in place of what was for the same group, pool and environment.</summary>
/// <param name="Config">Name of the Flex config.</param>
/// <param name="User">Whose.</param>
/// <param name="Version">Id of the version, or null for the one that counts.</param>
/// <param name="Group">For users of this group, or null for any.</param>
/// <param name="Pool">For desktops of this pool, or null for any.</param>
/// <param name="Enforced">True brings them at each logon, over what the user has.</param>
/// <param name="Environment">For logons that meet the condition of this environment, or null for all.</param>
public sealed record PredefineRequest(string Config, string User, string? Version = null, string? Group = null, string? Pool = null, bool Enforced = false, string? Environment = null);
