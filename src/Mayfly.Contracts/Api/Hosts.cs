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
