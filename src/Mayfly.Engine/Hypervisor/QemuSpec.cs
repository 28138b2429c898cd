using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Everything one QEMU process is told, as data. <see cref="QemuCommandLine"/> turns it into arguments.</summary>
internal sealed record QemuSpec
{
    /// <summary>Machine UUID: tells this process from every other, also after a restart of mayflyd.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The hardware.</summary>
    public required MachineShape Shape { get; init; }

    /// <summary>Disk images from the one written to down to the base.</summary>
    public required DiskChain Disk { get; init; }

    /// <summary>The private network of the machine.</summary>
    public required AddressSlot Network { get; init; }

    /// <summary>What the process is to do.</summary>
    public required QemuRole Role { get; init; }
}

/// <summary>What a QEMU process is to do.</summary>
internal abstract record QemuRole
{
    private QemuRole()
    {
    }

    /// <summary>Boot a parent, whose memory becomes the warm image's. Null kernel: the disk boots itself.</summary>
    public sealed record Parent(KernelBoot? Kernel) : QemuRole;

    /// <summary>Stand ready to become a clone: memory private to it, device state awaited.</summary>
    public sealed record Shell : QemuRole;

    /// <summary>Take in the memory and device state of a running machine, whose copy becomes the warm image's, and never run.</summary>
    public sealed record Receiver : QemuRole;

    /// <summary>Boot a machine for itself, its CPUs standing still until they are told to run. Null kernel: the disk boots itself.</summary>
    public sealed record Boot(KernelBoot? Kernel) : QemuRole;

    /// <summary>The kernel QEMU loads itself, or null.</summary>
    public KernelBoot? DirectKernel => this switch
    {
        Parent parent => parent.Kernel,
        Boot boot => boot.Kernel,
        _ => null,
    };
}

/// <summary>Direct kernel boot.</summary>
/// <param name="Kernel">Absolute path of the kernel.</param>
/// <param name="Initrd">Absolute path of the initial RAM disk.</param>
/// <param name="CommandLine">Kernel command line.</param>
internal sealed record KernelBoot(string Kernel, string Initrd, string CommandLine)
{
    /// <summary>That of a golden image, or null when its disk boots itself.</summary>
    public static KernelBoot? Of(GoldenImage golden) => golden.Manifest.Boot is { } boot
        ? new KernelBoot(golden.PathOf(boot.Kernel), golden.PathOf(boot.Initrd), boot.CommandLine)
        : null;
}
