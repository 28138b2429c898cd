using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

/// <summary>Records as mayflyd would send them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static PoolView Pool(int available = 2, string image = "xfce", string name = "desktops") => new(
        name, "Desktops", image, "1a2b3c4d", Spare: 2, Maximum: 10, "desktops-{n}", [], 20, available, 0, available, null);

    public static OperationView Operation(string state, string step, double percent, Fault? fault = null, params OperationStep[] steps) => new(
        "op1", "build", "xfce", state, step, percent, Noon, state is "running" ? null : Noon.AddSeconds(100), steps, fault, "1a2b3c4d");

    public static MachineView Machine() => new(
        "desktops-1", "m1", "desktops", MachineState.Available, "xfce", "1a2b3c4d", null, "10.64.0.2", "52:54:00:00:00:01", 4711, Noon,
        new ForkTimeline(true, 5.2, 320), null);

    public static DoctorReport Doctor(string level = "ok") => new(
        "7.2.22", "tcg", "KVM cannot run a kernel here", false, [new DoctorCheck("qemu", level, "QEMU 7.2.22", "Install qemu-system-x86.")]);

    public static IResult Problem(ErrorCode code, int status, string title = "It is so.", string? remedy = "Do that.") => Results.Problem(
        title: title, detail: "Because of this.", statusCode: status,
        extensions: new Dictionary<string, object?> { ["code"] = code.ToString(), ["remedy"] = remedy });
}
