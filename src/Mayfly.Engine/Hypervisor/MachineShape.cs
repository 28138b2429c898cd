namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// The virtual hardware a parent and all its clones have in common. Kept in the warm image's manifest: device state only loads
/// into the very same shape, and both command lines are made from this one record.
/// </summary>
internal sealed record MachineShape
{
    /// <summary>"kvm" or "tcg".</summary>
    public required string Accelerator { get; init; }

    /// <summary>Versioned machine type, such as "pc-q35-7.2".</summary>
    public required string MachineType { get; init; }

    /// <summary>CPU model and flags as QEMU takes them.</summary>
    public required string CpuModel { get; init; }

    /// <summary>Virtual CPUs.</summary>
    public required int Cpus { get; init; }

    /// <summary>Guest memory in MiB.</summary>
    public required int MemoryMib { get; init; }

    /// <summary>Framebuffer in MiB.</summary>
    public required int VideoMemoryMib { get; init; }

    /// <summary>True with a sound card. Warm images of earlier versions have none.</summary>
    public bool Sound { get; init; }

    /// <summary>True with a bus that packages and volumes are plugged into. Warm images of earlier versions have none.</summary>
    public bool Attach { get; init; }

    /// <summary>True with devices whose state loads fast: virtio by its first interface. Warm images of earlier versions have none.</summary>
    public bool Lean { get; init; }
}
