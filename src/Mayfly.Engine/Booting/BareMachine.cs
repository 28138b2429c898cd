using Mayfly.Engine.Disks;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Booting;

/// <summary>A machine before it is anybody: what boots, and where.</summary>
/// <param name="Golden">What it is made of.</param>
/// <param name="Shape">Its hardware.</param>
/// <param name="Directory">Its directory, with its disk in place.</param>
/// <param name="Disk">Its disk.</param>
/// <param name="Uuid">UUID of its process.</param>
/// <param name="Slot">Its address slot.</param>
internal sealed record BareMachine(GoldenImage Golden, MachineShape Shape, MachineDirectory Directory, DiskChain Disk, Guid Uuid, AddressSlot Slot)
{
    /// <summary>What QEMU is told.</summary>
    public QemuSpec Spec() => new() { Uuid = Uuid, Shape = Shape, Disk = Disk, Network = Slot, Role = new QemuRole.Boot(KernelBoot.Of(Golden)) };
}
