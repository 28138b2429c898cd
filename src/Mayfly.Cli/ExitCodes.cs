using Mayfly.Contracts;

namespace Mayfly.Cli;

/// <summary>
/// What <c>mayfly</c> ends with. Scripts may depend on these numbers. <c>machine exec</c> passes on the guest program's own
/// status instead, once that program has run.
/// </summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>It failed, and none of the others says how.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a value in it is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The thing named does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>Not allowed, not signed in, or in the way of something that exists.</summary>
    public const int Refused = 4;

    /// <summary>Something else is going on there, or there is no room just now; trying again may help.</summary>
    public const int Busy = 5;

    /// <summary>No mayflyd answers.</summary>
    public const int ServerUnreachable = 6;

    /// <summary>This host lacks something Mayfly needs.</summary>
    public const int HostUnfit = 7;

    /// <summary>Interrupted from the keyboard (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>The one mapping from error codes to exit codes.</summary>
    public static int From(ErrorCode code) => code switch
    {
        ErrorCode.InvalidRequest or ErrorCode.RecipeInvalid or ErrorCode.PackageInvalid or ErrorCode.PackagePrivileged => Usage,
        ErrorCode.NotFound => NotFound,
        ErrorCode.Unauthenticated or ErrorCode.Forbidden or ErrorCode.AlreadyExists or ErrorCode.ImageInUse
            or ErrorCode.TicketRefused or ErrorCode.MachineStateWrong or ErrorCode.PoolStopped
            or ErrorCode.PackageInUse or ErrorCode.PackageForeign or ErrorCode.VolumeDisabled => Refused,
        ErrorCode.Busy or ErrorCode.TooManyRequests or ErrorCode.ShuttingDown or ErrorCode.PoolExhausted or ErrorCode.VolumeInUse => Busy,
        ErrorCode.QemuMissing or ErrorCode.QemuTooOld or ErrorCode.ToolMissing or ErrorCode.AcceleratorUnavailable
            or ErrorCode.VmUserMissing or ErrorCode.HostMemoryLow or ErrorCode.HostDiskLow or ErrorCode.MachineDiskFull or ErrorCode.DataDirectoryUnusable => HostUnfit,
        _ => Failed,
    };
}
