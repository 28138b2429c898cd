using Mayfly.Contracts.Api;
using Mayfly.Engine.Limits;

namespace Mayfly.Engine.Hosts;

/// <summary>Looks at what this host can do, and names a remedy for each lack.</summary>
internal sealed class Doctor(HostRuntimeSource runtime, EngineOptions options, DataDirectory data, ControlGroups limits)
{
    // Below this a host can hold one desktop and little else.
    private const long LittleMemory = 2L << 30;
    private const long LittleDisk = 8L << 30;

    /// <summary>Examines; quick, boots nothing.</summary>
    public async Task<DoctorReport> ExamineAsync(CancellationToken cancellationToken)
    {
        var host = await runtime.GetAsync(cancellationToken);
        var choice = host.Fault is null ? await host.Value.Accelerators.KnownAsync(cancellationToken) : null;
        var kvm = choice?.Name == "kvm";
        DoctorCheck[] checks =
        [
            host.Fault is { } fault
                ? new DoctorCheck("qemu", "error", fault.Why is null ? fault.What : $"{fault.What} {fault.Why}", fault.Remedy)
                : new DoctorCheck("qemu", "ok", $"QEMU {host.Value.Qemu.Version} at {host.Value.Qemu.Path}.", null),
            Tool("qemu-img", "qemu-utils"),
            Tool("mmdebstrap", "mmdebstrap"),
            Tool("mke2fs", "e2fsprogs"),
            Acceleration(choice),
            Room("memory", Admission.AvailableMemory() - options.MemoryReserveBytes, LittleMemory, "Add memory, or make pools small."),
            Room("disk", new DriveInfo(data.Root).AvailableFreeSpace - options.DiskReserveBytes, LittleDisk, $"Make room on the disk of {data.Root}."),
            limits.Lack is { } lack
                ? new DoctorCheck("limits", "warning", $"{lack} A QEMU that goes astray can take memory from the others.", limits.Remedy)
                : new DoctorCheck("limits", "ok", "Each machine has a control group with limits.", null),
        ];
        return new DoctorReport(
            host.Fault is null ? host.Value.Qemu.Version.ToString() : null, choice?.Name ?? "unknown",
            choice?.Reason ?? "KVM has still to be tried; the first publish does that.", kvm, checks);
    }

    private static DoctorCheck Tool(string program, string package) => Processes.ToolRunner.Require(program, package) is { } missing
        ? new DoctorCheck(program, "error", missing.What, missing.Remedy)
        : new DoctorCheck(program, "ok", $"{program} is installed.", null);

    private static DoctorCheck Acceleration(AcceleratorChoice? choice) => choice switch
    {
        null => new DoctorCheck("kvm", "warning", "/dev/kvm opens; whether a kernel runs on it is found out at the first publish.", null),
        { Name: "kvm" } => new DoctorCheck("kvm", "ok", choice.Reason, null),
        _ => new DoctorCheck(
            "kvm", "warning", $"{choice.Reason} Machines are emulated: slow, and not isolated from this host or from each other.",
            "Use a host with working KVM for anything but trying out: enable virtualisation in its firmware, load kvm_intel or kvm_amd, give the group 'kvm' access to /dev/kvm, or allow nesting."),
    };

    private static DoctorCheck Room(string name, long free, long little, string remedy) => free < little
        ? new DoctorCheck(name, "warning", $"Only {Math.Max(0, free) >> 20} MiB of {name} are free above the reserve.", remedy)
        : new DoctorCheck(name, "ok", $"{free >> 20} MiB of {name} are free above the reserve.", null);
}
