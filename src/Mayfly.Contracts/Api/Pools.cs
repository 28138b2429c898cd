namespace Mayfly.Contracts.Api;

/// <summary>What becomes of a machine at log-off.</summary>
public enum PoolAssignment
{
    /// <summary>It is destroyed, and another takes its place.</summary>
    Floating,
    /// <summary>It is kept for its owner, who gets the same one again.</summary>
    Dedicated,
}

/// <summary>How machines are made.</summary>
public enum ProvisioningKind
{
    /// <summary>Forked from the warm image, running.</summary>
    Instant,
    /// <summary>Booted from an overlay over the golden image's disk.</summary>
    Linked,
    /// <summary>Booted from a whole copy of the golden image's disk.</summary>
    Full,
}

/// <summary>When machines are made.</summary>
public enum PoolSizing
{
    /// <summary>The minimum always, the spare level ahead of demand, the rest as users come.</summary>
    OnDemand,
    /// <summary>All of the maximum, always.</summary>
    UpFront,
}

/// <summary>When a dedicated machine gets a fresh disk. It keeps its name and its MAC.</summary>
public enum RefreshRule
{
    /// <summary>Never.</summary>
    Never,
    /// <summary>At every log-off.</summary>
    Always,
    /// <summary>At the first log-off so many days after the last.</summary>
    EveryDays,
    /// <summary>At log-off once its own disk writes have reached a size.</summary>
    AtDiskSize,
}

/// <summary>A spare level that holds from a time of day on, until the next one.</summary>
/// <param name="Days">Weekdays it begins on.</param>
/// <param name="From">Local time it begins at.</param>
/// <param name="Spare">Machines kept ready and unassigned.</param>
public sealed record SpareLevel(IReadOnlyList<DayOfWeek> Days, TimeOnly From, int Spare);

/// <summary>Spare levels over the week.</summary>
/// <param name="TimeZone">IANA name of the time zone the times are in, such as "Europe/Berlin".</param>
/// <param name="Levels">At least one.</param>
public sealed record SpareSchedule(string TimeZone, IReadOnlyList<SpareLevel> Levels);

/// <summary>What can be changed of a pool at any time.</summary>
public record PoolSettings
{
    /// <summary>What users read on its card; the name when null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>When machines are made.</summary>
    public PoolSizing Sizing { get; init; } = PoolSizing.OnDemand;

    /// <summary>Most machines at any time, 1 to 10,000.</summary>
    public int Maximum { get; init; } = 10;

    /// <summary>Fewest machines, in use or not, 0 to <see cref="Maximum"/>. Without meaning when all are made up front.</summary>
    public int Minimum { get; init; }

    /// <summary>Machines kept ready and unassigned, 0 to <see cref="Maximum"/>; 0 makes each at login. Without meaning when all are made up front.</summary>
    public int Spare { get; init; } = 1;

    /// <summary>Spare levels over the week in place of <see cref="Spare"/>, or null.</summary>
    public SpareSchedule? Schedule { get; init; }

    /// <summary>When a dedicated machine gets a fresh disk.</summary>
    public RefreshRule Refresh { get; init; } = RefreshRule.Never;

    /// <summary>Days between refreshes, 1 to 365, for <see cref="RefreshRule.EveryDays"/>.</summary>
    public int RefreshDays { get; init; } = 7;

    /// <summary>Own disk writes in MiB, 16 to 1,048,576, for <see cref="RefreshRule.AtDiskSize"/>.</summary>
    public int RefreshDiskMib { get; init; } = 4096;

    /// <summary>Program and arguments run in the guest at the end of ClonePrep; empty for none.</summary>
    public IReadOnlyList<string> PostSync { get; init; } = [];

    /// <summary>Limit of the post-sync program in seconds, 1 to 600.</summary>
    public int PostSyncTimeoutSeconds { get; init; } = 20;

    /// <summary>Program and arguments run in the guest before it is powered off or destroyed; empty for none.</summary>
    public IReadOnlyList<string> PowerOff { get; init; } = [];

    /// <summary>Limit of the power-off program in seconds, 1 to 600.</summary>
    public int PowerOffTimeoutSeconds { get; init; } = 20;

    /// <summary>False makes no machines; those there are go on.</summary>
    public bool ProvisioningEnabled { get; init; } = true;

    /// <summary>True stops making machines at the first that fails for good, until provisioning is enabled again.</summary>
    public bool StopOnError { get; init; }

    /// <summary>Times each machine is tried, 1 to 10, before it counts as failed.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Failed machines in percent of the last 20 made, 1 to 100, at which making stops; 100 never stops while one succeeds now and then.</summary>
    public int ErrorThresholdPercent { get; init; } = 50;

    /// <summary>Earlier image versions kept published for a rollback, 0 to 10.</summary>
    public int KeepVersions { get; init; } = 1;

    /// <summary>True turns a kept machine that went off on again only when its owner opens it; otherwise at once.</summary>
    public bool StartOnConnect { get; init; }

    /// <summary>Minutes without key or pointer after which displays are closed, 1 to 10,080; null never.</summary>
    public int? DisconnectIdleMinutes { get; init; }

    /// <summary>Minutes after its last display was closed at which a session is logged off, 0 to 10,080; null never.</summary>
    public int? LogOffDisconnectedMinutes { get; init; }

    /// <summary>When desktops can be opened; null always. Sessions in progress are not ended by it.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>True lets users reset their own desktop.</summary>
    public bool UsersMayReset { get; init; }

    /// <summary>Which way text may be copied.</summary>
    public ClipboardRule Clipboard { get; init; }

    /// <summary>What of its users' is kept on a writable volume; null keeps nothing. Floating pools only: a dedicated machine keeps its own disk.</summary>
    public VolumeKind? Volume { get; init; }

    /// <summary>Size in MiB of volumes made by this pool, 64 to 1,048,576.</summary>
    public int VolumeMib { get; init; } = 8192;

    /// <summary>Snapshots kept of each volume, one before each logon, 0 to 20.</summary>
    public int VolumeSnapshots { get; init; } = 3;

    /// <summary>True keeps its users' settings from one desktop to the next. Floating pools only: a dedicated machine keeps its own disk.</summary>
    public bool Persona { get; init; }

    /// <summary>What becomes of a logon at which a package or the volume could not be attached.</summary>
    public AttachFailureRule OnAttachFailure { get; init; }
}

/// <summary>A part of the day in which desktops can be opened.</summary>
/// <param name="Days">Weekdays it begins on.</param>
/// <param name="From">Local time it begins at.</param>
/// <param name="Until">Local time it ends at; at or before <paramref name="From"/> means the next day.</param>
public sealed record OpenPeriod(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly Until);

/// <summary>When desktops can be opened.</summary>
/// <param name="TimeZone">IANA name of the time zone the times are in.</param>
/// <param name="Periods">At least one.</param>
public sealed record OpeningHours(string TimeZone, IReadOnlyList<OpenPeriod> Periods);

/// <summary>Makes a pool.</summary>
public sealed record CreatePoolRequest : PoolSettings
{
    /// <summary>Unique name, a DNS label: 1 to 63 of a-z, 0-9 and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>Golden image name.</summary>
    public required string Image { get; init; }

    /// <summary>Image version; null takes the newest published one, or the newest of all for machines that are booted.</summary>
    public string? Version { get; init; }

    /// <summary>What becomes of a machine at log-off.</summary>
    public PoolAssignment Assignment { get; init; }

    /// <summary>How machines are made.</summary>
    public ProvisioningKind Provisioning { get; init; }

    /// <summary>Machine names; {n} is a number, {n:fixed=3} pads it. Null takes "NAME-{n}".</summary>
    public string? NamePattern { get; init; }
}

/// <summary>A pool as seen from outside.</summary>
public sealed record PoolView : PoolSettings
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }

    /// <summary>Golden image name.</summary>
    public required string Image { get; init; }

    /// <summary>Image version its machines are made of.</summary>
    public required string Version { get; init; }

    /// <summary>What becomes of a machine at log-off.</summary>
    public required PoolAssignment Assignment { get; init; }

    /// <summary>How machines are made.</summary>
    public required ProvisioningKind Provisioning { get; init; }

    /// <summary>Machine names.</summary>
    public required string NamePattern { get; init; }

    /// <summary>The spare level that holds now, by schedule or without.</summary>
    public required int SpareNow { get; init; }

    /// <summary>Machines ready now.</summary>
    public required int Available { get; init; }

    /// <summary>Machines with a session.</summary>
    public required int InUse { get; init; }

    /// <summary>All machines of the pool.</summary>
    public required int Total { get; init; }

    /// <summary>Earlier versions it can be rolled back to at once, newest first.</summary>
    public IReadOnlyList<string> KeptVersions { get; init; } = [];

    /// <summary>The push in progress or the last one, or null.</summary>
    public PushView? Push { get; init; }

    /// <summary>A second version on chosen machines, or null.</summary>
    public CanaryView? Canary { get; init; }

    /// <summary>True while the pool is being deleted.</summary>
    public bool Deleting { get; init; }

    /// <summary>Why the pool is not at its wanted shape, or null.</summary>
    public Fault? Problem { get; init; }
}

/// <summary>Who may use a pool: a user or a group; exactly one of the two is set.</summary>
/// <param name="Pool">Pool name.</param>
/// <param name="User">User name, or null.</param>
/// <param name="Group">Group name, or null.</param>
public sealed record EntitlementView(string Pool, string? User, string? Group = null);
