namespace Mayfly.Contracts.Api;

/// <summary>What this host can do, as <c>mayfly doctor</c> prints it.</summary>
/// <param name="Qemu">QEMU version, or null when none was found.</param>
/// <param name="Accelerator">"kvm" or "tcg": what machines here run on.</param>
/// <param name="AcceleratorReason">Why that one.</param>
/// <param name="Isolated">True only under KVM: QEMU promises no isolation under emulation.</param>
/// <param name="Checks">Each thing looked at.</param>
public sealed record DoctorReport(string? Qemu, string Accelerator, string AcceleratorReason, bool Isolated, IReadOnlyList<DoctorCheck> Checks);

/// <summary>One check of the doctor.</summary>
/// <param name="Name">Short name, such as "qemu" or "kvm".</param>
/// <param name="Level">"ok", "warning" or "error".</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do about it, or null.</param>
public sealed record DoctorCheck(string Name, string Level, string Message, string? Remedy);

/// <summary>What the machines take of this host.</summary>
/// <param name="MemoryBytes">Memory of the host.</param>
/// <param name="AvailableBytes">Memory still to be had.</param>
/// <param name="SharedBytes">Memory of warm images that clones share, counted once.</param>
/// <param name="PrivateBytes">Memory that is single machines' alone, added up.</param>
/// <param name="FreeDiskBytes">Free disk space of the data directory.</param>
/// <param name="Machines">Each machine, by name.</param>
public sealed record HostUsageView(
    long MemoryBytes, long AvailableBytes, long SharedBytes, long PrivateBytes, long FreeDiskBytes, IReadOnlyList<MachineUsageView> Machines);

/// <summary>What one machine takes of its host.</summary>
/// <param name="Machine">Machine name.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="PrivateBytes">Memory that is its alone.</param>
/// <param name="DiskBytes">Its own disk writes, or its whole disk when it is a full copy.</param>
public sealed record MachineUsageView(string Machine, string Pool, long PrivateBytes, long DiskBytes);
