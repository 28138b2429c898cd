using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Makes the virtual hardware of a guest that boots from what its golden image asks for and what this host has.</summary>
internal sealed class ShapeMaker(QemuInstallation qemu, Accelerators accelerators)
{
    /// <summary>The hardware. Faults: AcceleratorUnavailable.</summary>
    public async Task<Outcome<MachineShape>> MakeAsync(GoldenImage golden, CancellationToken cancellationToken)
    {
        var choice = await accelerators.ChooseAsync(KernelBoot.Of(golden)?.Kernel, cancellationToken);
        if (choice.Fault is { } unavailable)
            return unavailable;
        var hardware = golden.Manifest.Hardware;
        return new MachineShape
        {
            Accelerator = choice.Value.Name,
            MachineType = qemu.MachineType,
            CpuModel = CpuModels.Of(choice.Value.Name),
            Cpus = hardware.Cpus,
            MemoryMib = hardware.MemoryMib,
            VideoMemoryMib = hardware.VideoMemoryMib,
            Sound = hardware.Sound,
            Attach = true,
            Lean = true,
        };
    }
}
