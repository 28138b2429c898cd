namespace Mayfly.Contracts;

/// <summary>Every failure Mayfly expects. The name is the stable code seen in the API, the CLI and the event list.</summary>
public enum ErrorCode
{
    /// <summary>The thing named does not exist.</summary>
    NotFound,
    /// <summary>A thing of that name exists already.</summary>
    AlreadyExists,
    /// <summary>The request is malformed or out of range.</summary>
    InvalidRequest,
    /// <summary>Nobody is signed in, or the credentials are wrong.</summary>
    Unauthenticated,
    /// <summary>The password is right, and a code of the second factor is wanted too.</summary>
    SecondFactorRequired,
    /// <summary>A second factor must be set up before anything else.</summary>
    SecondFactorDue,
    /// <summary>Signed in, but not allowed to do this.</summary>
    Forbidden,
    /// <summary>Another operation on the same thing is in progress.</summary>
    Busy,
    /// <summary>An idempotency key was used before with another request.</summary>
    IdempotencyMismatch,
    /// <summary>The thing was changed by somebody else meanwhile.</summary>
    Changed,
    /// <summary>Too many attempts; try again later.</summary>
    TooManyRequests,
    /// <summary>The server is stopping.</summary>
    ShuttingDown,

    /// <summary>QEMU is not installed.</summary>
    QemuMissing,
    /// <summary>QEMU is older than Mayfly needs.</summary>
    QemuTooOld,
    /// <summary>A program Mayfly calls is not installed.</summary>
    ToolMissing,
    /// <summary>The system user QEMU runs as does not exist.</summary>
    VmUserMissing,
    /// <summary>The accelerator asked for cannot run a guest on this host.</summary>
    AcceleratorUnavailable,
    /// <summary>Not enough free memory for one more machine or for a publish.</summary>
    HostMemoryLow,
    /// <summary>Not enough free disk space.</summary>
    HostDiskLow,
    /// <summary>The data directory cannot be used as it is.</summary>
    DataDirectoryUnusable,
    /// <summary>The database server does not answer, refuses Mayfly, or has no database for it.</summary>
    DatabaseUnavailable,
    /// <summary>None of the house's servers runs it at the moment, or the one that does can not be reached.</summary>
    NoActiveServer,

    /// <summary>The recipe cannot be read or asks for something impossible.</summary>
    RecipeInvalid,
    /// <summary>Building a golden image failed.</summary>
    ImageBuildFailed,
    /// <summary>The file is not an image Mayfly accepts.</summary>
    ImageFormatUnsupported,
    /// <summary>The image refers to other files, which Mayfly does not follow.</summary>
    ImageHasExternalReference,
    /// <summary>The image has not been published.</summary>
    ImageNotPublished,
    /// <summary>Something still uses the image.</summary>
    ImageInUse,
    /// <summary>Publishing failed.</summary>
    PublishFailed,
    /// <summary>The warm image's files do not match its manifest.</summary>
    WarmImageCorrupt,
    /// <summary>The warm image was made for another QEMU, CPU, accelerator or machine type.</summary>
    WarmImageForeign,

    /// <summary>QEMU could not be started or ended before the machine ran.</summary>
    MachineStartFailed,
    /// <summary>QEMU does not answer on its control socket.</summary>
    MachineUnresponsive,
    /// <summary>The machine's QEMU process ended.</summary>
    MachineExited,
    /// <summary>The guest agent did not answer before its deadline.</summary>
    AgentSilent,
    /// <summary>The guest agent broke the protocol.</summary>
    AgentProtocol,
    /// <summary>The guest agent answered that it could not do what was asked.</summary>
    AgentRefused,
    /// <summary>ClonePrep failed inside the guest.</summary>
    ClonePrepFailed,
    /// <summary>The post-sync script failed or ran past its limit.</summary>
    PostSyncFailed,

    /// <summary>The machine is in a state in which that cannot be done.</summary>
    MachineStateWrong,
    /// <summary>The host has no room for what the machine writes; it stands still until there is.</summary>
    MachineDiskFull,

    /// <summary>The file is no package, is damaged, or holds what a package may not hold.</summary>
    PackageInvalid,
    /// <summary>The package gives rights it is not allowed to give: setuid programs or capabilities.</summary>
    PackagePrivileged,
    /// <summary>The package was made for another operating system than the machine's.</summary>
    PackageForeign,
    /// <summary>A program still uses the package, or a machine, assignment or capture does.</summary>
    PackageInUse,
    /// <summary>What was to become a package could not be captured.</summary>
    CaptureFailed,
    /// <summary>The guest could not be given a package or a volume.</summary>
    AttachFailed,
    /// <summary>The writable volume is attached to another machine.</summary>
    VolumeInUse,
    /// <summary>An administrator has disabled the writable volume.</summary>
    VolumeDisabled,
    /// <summary>The writable volume's file is damaged or no volume.</summary>
    VolumeUnusable,

    /// <summary>A part of a persona could not be packed or unpacked, or its archive is damaged.</summary>
    PersonaUnusable,

    /// <summary>The file is no backup, is damaged or not whole, or does not suit this Mayfly or its database.</summary>
    BackupUnusable,

    /// <summary>The pool has no machine ready and may not make one more.</summary>
    PoolExhausted,
    /// <summary>The pool makes no machines: an administrator or too many errors stopped it.</summary>
    PoolStopped,
    /// <summary>The pool's desktops can not be opened at this hour.</summary>
    OutsideHours,
    /// <summary>The server takes no VNC viewers.</summary>
    ViewersOff,
    /// <summary>The display ticket is unknown, used, expired, or for someone else.</summary>
    TicketRefused,

    /// <summary>The host does not answer.</summary>
    HostUnreachable,
    /// <summary>The host could not prove who it is, or the token is not its own.</summary>
    HostUntrusted,
    /// <summary>No host may or can make the machine: all are in maintenance, lost, or do not have what it is made of.</summary>
    NoHost,
    /// <summary>Another server of the house is active now: what this one asks is not done any more.</summary>
    TermOver,

    /// <summary>No server of an outside directory answers.</summary>
    DirectoryUnreachable,
    /// <summary>A server of an outside directory could not prove who it is, or what it signed does not hold.</summary>
    DirectoryUntrusted,
    /// <summary>The outside directory refuses Mayfly itself: its service account or its client secret.</summary>
    DirectoryRefused,
    /// <summary>The settings do not suit the outside directory.</summary>
    DirectoryMisconfigured,
}
