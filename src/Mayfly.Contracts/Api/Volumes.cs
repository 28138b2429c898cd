namespace Mayfly.Contracts.Api;

/// <summary>What of a user's a writable volume keeps.</summary>
public enum VolumeKind
{
    /// <summary>What they install: everything written below /usr and /opt.</summary>
    Apps,
    /// <summary>Their home.</summary>
    Profile,
    /// <summary>Both.</summary>
    AppsAndProfile,
}

/// <summary>Where a writable volume is.</summary>
public enum VolumeState
{
    /// <summary>With no machine.</summary>
    Detached,
    /// <summary>With a machine.</summary>
    Attached,
    /// <summary>An administrator lets it be attached to none.</summary>
    Disabled,
}

/// <summary>A user's own disk for one operating system.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Whose.</param>
/// <param name="Os">For which operating system, such as "debian-13".</param>
/// <param name="Kind">What it keeps.</param>
/// <param name="SizeMib">Most its user can write, in MiB.</param>
/// <param name="State">Where it is.</param>
/// <param name="Pool">Pool of the session that has it, or null.</param>
/// <param name="Machine">Machine that has it, or null.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="AttachedAt">When it was attached last, or null.</param>
public sealed record VolumeView(
    string Id, string User, string Os, VolumeKind Kind, int SizeMib, VolumeState State, string? Pool, string? Machine,
    DateTimeOffset CreatedAt, DateTimeOffset? AttachedAt);

/// <summary>A writable volume with what its file says.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Bytes">What it takes of the host's disk, snapshots included.</param>
/// <param name="Snapshots">Newest first.</param>
public sealed record VolumeDetails(VolumeView Volume, long Bytes, IReadOnlyList<VolumeSnapshotView> Snapshots);

/// <summary>What a volume was before a logon or a restore.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TakenAt">When it was taken.</param>
public sealed record VolumeSnapshotView(string Id, DateTimeOffset TakenAt);

/// <summary>Makes a writable volume larger.</summary>
/// <param name="SizeMib">New size in MiB, more than it has, up to 1,048,576.</param>
public sealed record GrowVolumeRequest(int SizeMib);

/// <summary>Lets a volume be attached, or to no machine.</summary>
/// <param name="Enabled">True lets it.</param>
public sealed record EnableVolumeRequest(bool Enabled);

/// <summary>Gives a volume to another user who has none for that operating system.</summary>
/// <param name="User">Whose it becomes.</param>
public sealed record MoveVolumeRequest(string User);

/// <summary>Goes back to a snapshot.</summary>
/// <param name="Snapshot">Which.</param>
public sealed record RestoreVolumeRequest(string Snapshot);

/// <summary>Makes a volume of a qcow2 file on the server.</summary>
/// <param name="User">Whose.</param>
/// <param name="Os">For which operating system, such as "debian-13".</param>
/// <param name="Kind">What it keeps.</param>
/// <param name="Path">Absolute path of the file on the server.</param>
public sealed record ImportVolumeRequest(string User, string Os, VolumeKind Kind, string Path);

/// <summary>What becomes of a logon at which something could not be attached.</summary>
public enum AttachFailureRule
{
    /// <summary>It goes on without, and its user is told.</summary>
    Continue,
    /// <summary>It is refused.</summary>
    Refuse,
}
