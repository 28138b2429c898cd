namespace Mayfly.Control.Sessions;

/// <summary>How a session can end.</summary>
public static class SessionEnds
{
    /// <summary>The user or an administrator logged it off.</summary>
    public const string LogOff = "log-off";

    /// <summary>The machine's process ended by itself.</summary>
    public const string MachineExited = "machine-exited";

    /// <summary>An administrator deleted the machine or its pool.</summary>
    public const string MachineDeleted = "machine-deleted";

    /// <summary>Its host was lost, and its user wanted a desktop.</summary>
    public const string HostLost = "host-lost";

    /// <summary>mayflyd was told to stop its machines on exit.</summary>
    public const string HouseStopped = "house-stopped";

    /// <summary>It was without a display for longer than its pool allows.</summary>
    public const string DisconnectedTooLong = "disconnected-too-long";

    /// <summary>A push to another image version did not wait any longer.</summary>
    public const string PushImage = "push-image";

    /// <summary>Something could not be attached, and its pool refuses a logon then.</summary>
    public const string AttachFailed = "attach-failed";
}
