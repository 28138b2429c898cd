using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;

namespace Mayfly.Remote.Wire;

/// <summary>What <see cref="IMachineHost"/> is over the network, in its order.</summary>
internal static class MachineCalls
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    public static readonly LongHostCall<ProvisionRequest, HostMachine, HostMachine> Provision = new("machines/provision");
    public static readonly LongHostCall<MachineAsked, HostMachine, HostMachine> Start = new("machines/start");
    public static readonly HostCall<StopAsked, Done> Stop = new("machines/stop", Long);
    public static readonly HostCall<ExecAsked, ExecResult> Exec = new("machines/exec", Long);
    public static readonly HostCall<MachineAsked, bool> HasSound = new("machines/has-sound", Short);
    public static readonly HostCall<CaptureAsked, byte[]> Capture = new("machines/capture", Short);
    public static readonly HostCall<ScreenAsked, Done> SetScreen = new("machines/set-screen", Short);
    public static readonly HostCall<AttachAsked, AttachResult> Attach = new("machines/attach", Long);
    public static readonly HostCall<StopAsked, Done> Release = new("machines/release", Long);
    public static readonly HostCall<LaunchAsked, string> AwaitLaunch = new("machines/await-launch", Timeout.InfiniteTimeSpan);
    public static readonly HostCall<WatchAsked, WatchProgramsReport> WatchPrograms = new("machines/watch-programs", Short);
    public static readonly HostCall<ProgramAsked, ProgramReport> AwaitProgram = new("machines/await-program", Timeout.InfiniteTimeSpan);
    public static readonly HostCall<EnvironmentAsked, EnvironmentReport> SetEnvironment = new("machines/set-environment", Long);
    public static readonly HostCall<MachineAsked, Done> Destroy = new("machines/destroy", Long);
    public static readonly HostCall<IReadOnlyList<ShellsAsked>, Done> Expect = new("machines/expect", Short);
    public static readonly HostCall<Done, HostUsage> Measure = new("host/measure", Short);
    public static readonly HostCall<Done, DoctorReport> Examine = new("host/examine", Long);
}

internal sealed record MachineAsked(string MachineId);

internal sealed record StopAsked(string MachineId, TimeSpan Grace);

internal sealed record ExecAsked(string MachineId, ExecRequest Request);

internal sealed record CaptureAsked(string MachineId, int Width);

internal sealed record ScreenAsked(string MachineId, int Width, int Height);

internal sealed record AttachAsked(string MachineId, Attachments Wanted);

internal sealed record LaunchAsked(string MachineId, IReadOnlyList<Launcher> Launchers);

internal sealed record WatchAsked(string MachineId, IReadOnlyList<ProgramPart> Parts);

internal sealed record ProgramAsked(string MachineId, string? Ended);

internal sealed record EnvironmentAsked(string MachineId, EnvironmentRequest Request);

internal sealed record ShellsAsked(ImageVersion Image, int Shells);
