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
    /// <summary>Signed in, but not allowed to do this.</summary>
    Forbidden,
    /// <summary>Another operation on the same thing is in progress.</summary>
    Busy,
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

    /// <summary>The pool has no machine ready and may not make one more.</summary>
    PoolExhausted,
    /// <summary>The display ticket is unknown, used, expired, or for someone else.</summary>
    TicketRefused,
}
