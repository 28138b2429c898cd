using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

/// <summary>Records as mayflyd would send them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static PoolView Pool(int available = 2, string image = "xfce", string name = "desktops") => new()
    {
        Name = name,
        DisplayName = "Desktops",
        Image = image,
        Version = "1a2b3c4d",
        Assignment = PoolAssignment.Floating,
        Provisioning = ProvisioningKind.Instant,
        NamePattern = "desktops-{n}",
        Spare = 2,
        SpareNow = 2,
        Available = available,
        InUse = 0,
        Total = available,
    };

    public static PushView Push(PushState state, int replaced = 0, int waiting = 0, Fault? fault = null) => new()
    {
        Id = "p1",
        Pool = "desktops",
        Image = "xfce",
        FromVersion = "1a2b3c4d",
        ToVersion = "9f8e7d6c",
        State = state,
        InUse = InUseRule.WaitForLogoff,
        StartAt = Noon,
        ErrorThresholdPercent = 20,
        Replaced = replaced,
        Remaining = 4 - replaced - waiting,
        Waiting = waiting,
        Failed = 0,
        Actor = "admin",
        AskedAt = Noon,
        Fault = fault,
        FinishedAt = state is PushState.Completed or PushState.Cancelled or PushState.Failed ? Noon.AddSeconds(100) : null,
    };

    public static OperationView Operation(string state, string step, double percent, Fault? fault = null, params OperationStep[] steps) => new(
        "op1", "build", "xfce", state, step, percent, Noon, state is "running" ? null : Noon.AddSeconds(100), steps, fault, "1a2b3c4d");

    public static MachineView Machine() => new()
    {
        Name = "desktops-1",
        Id = "m1",
        Pool = "desktops",
        State = MachineState.Available,
        Image = "xfce",
        Version = "1a2b3c4d",
        Address = "10.64.0.2",
        Mac = "52:54:00:00:00:01",
        ProcessId = 4711,
        CreatedAt = Noon,
        Timeline = new ForkTimeline(true, 5.2, 320),
    };

    public static DoctorReport Doctor(string level = "ok") => new(
        "7.2.22", "tcg", "KVM cannot run a kernel here", false, [new DoctorCheck("qemu", level, "QEMU 7.2.22", "Install qemu-system-x86.")]);

    public static IResult Problem(ErrorCode code, int status, string title = "It is so.", string? remedy = "Do that.") => Results.Problem(
        title: title, detail: "Because of this.", statusCode: status,
        extensions: new Dictionary<string, object?> { ["code"] = code.ToString(), ["remedy"] = remedy });
}
