namespace Mayfly.Contracts.Agent;

/// <summary>The verbs of the agent protocol, version <see cref="Version"/>. Adding a verb adds a capability string of the same name to <see cref="AgentHello"/>.</summary>
public static class AgentVerbs
{
    /// <summary>Protocol version; a guest that speaks another one is refused.</summary>
    public const int Version = 1;

    /// <summary>The virtio-serial port name the guest opens.</summary>
    public const string PortName = "org.mayfly.agent.0";

    /// <summary>No body in; <see cref="AgentHello"/> out. First on every connection.</summary>
    public const string Hello = "hello";

    /// <summary><see cref="SettleRequest"/> in; <see cref="SettleReport"/> out once the desktop is drawn and the guest is quiet.</summary>
    public const string Settle = "settle";

    /// <summary>No body in; <see cref="CleanseReport"/> out. Last before the freeze: removes all that must not be in two machines.</summary>
    public const string Cleanse = "cleanse";

    /// <summary><see cref="ClonePrepRequest"/> in; <see cref="ClonePrepReport"/> out. Makes a fork its own machine.</summary>
    public const string ClonePrep = "clone-prep";

    /// <summary><see cref="ExecRequest"/> in; <see cref="ExecResult"/> out.</summary>
    public const string Exec = "exec";

    /// <summary><see cref="SetScreenRequest"/> in; <see cref="SetScreenReport"/> out once the guest's screen has that size. A guest without a desktop refuses.</summary>
    public const string SetScreen = "set-screen";

    /// <summary><see cref="AttachRequest"/> in; <see cref="AttachReport"/> out once packages and volume are merged.</summary>
    public const string Attach = "attach";

    /// <summary><see cref="ReleaseRequest"/> in; <see cref="ReleaseReport"/> out once the volume is at rest.</summary>
    public const string Release = "release";

    /// <summary><see cref="PackRequest"/> in; <see cref="PackReport"/> out once the archive is written.</summary>
    public const string Pack = "pack";

    /// <summary><see cref="AwaitLaunchRequest"/> in; <see cref="LaunchReport"/> out when somebody starts one of them. A new request takes the place of the one before, which fails.</summary>
    public const string AwaitLaunch = "await-launch";

    /// <summary><see cref="PersonaSaveRequest"/> in; <see cref="PersonaSaveReport"/> out once the archives are on the disk.</summary>
    public const string PersonaSave = "persona-save";

    /// <summary><see cref="PersonaLoadRequest"/> in; <see cref="PersonaLoadReport"/> out once the archives are unpacked.</summary>
    public const string PersonaLoad = "persona-load";

    /// <summary><see cref="PersonaSetRequest"/> in; <see cref="PersonaLoadReport"/> out once the running desktop was told.</summary>
    public const string PersonaSet = "persona-set";

    /// <summary><see cref="WatchProgramsRequest"/> in; <see cref="WatchProgramsReport"/> out once the programs are watched. A guest whose kernel can not refuses.</summary>
    public const string WatchPrograms = "watch-programs";

    /// <summary><see cref="AwaitProgramRequest"/> in; <see cref="ProgramReport"/> out when a watched program waits or the last has ended. A new request takes the place of the one before, which fails.</summary>
    public const string AwaitProgram = "await-program";

    /// <summary><see cref="EnvironmentRequest"/> in; <see cref="EnvironmentReport"/> out once all is set up and every task has ended.</summary>
    public const string Environment = "environment";
}
