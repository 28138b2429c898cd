using Mayfly.Contracts.Agent;
using Mayfly.Engine.Disks;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// Makes QEMU's argument list from a <see cref="QemuSpec"/>: pure, and the only place that knows QEMU's options.
/// The device arguments depend on the shape alone, so that parent and clone can not differ.
/// </summary>
internal static class QemuCommandLine
{
    public static IReadOnlyList<string> Build(QemuSpec spec) =>
    [
        .. Process(spec),
        .. Machine(spec.Shape),
        .. Memory(spec.Shape, shared: spec.Role is not QemuRole.Shell),
        .. Channels(spec.Shape),
        .. Disk(spec),
        .. Network(spec),
        .. Console(spec.Shape),
        .. Sound(spec.Shape),
        .. Attach(spec.Shape),
        .. Role(spec.Role),
    ];

    private static string[] Process(QemuSpec spec) =>
    [
        "-name", MachineDirectory.ProcessNameOf(spec.Uuid.ToString("N")),
        "-uuid", spec.Uuid.ToString(),
        "-nodefaults", "-no-user-config",
        "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
        // A clone can not boot by itself: what it would boot from is frozen at another moment. And whatever boots needs ClonePrep
        // before its network. A reboot is an end.
        "-no-reboot",
    ];

    private static string[] Machine(MachineShape shape) =>
    [
        "-machine", $"{shape.MachineType},memory-backend=ram,dump-guest-core=off,mem-merge=off,usb=off,sata=off,smbus=off,smm=off,vmport=off,hpet=off",
        // The default translation buffer takes 65 MB of each clone; what a desktop runs hot fits in far less.
        "-accel", shape.Accelerator == "kvm" ? "kvm" : "tcg,tb-size=32",
        "-cpu", shape.CpuModel,
        "-smp", $"cpus={shape.Cpus}",
        "-m", $"size={shape.MemoryMib}M",
        "-device", "vmgenid,guid=auto",
    ];

    private static string[] Memory(MachineShape shape, bool shared) =>
    [
        // A path, not a memfd backend: from QEMU 8.1 on only memory with a name is left out of the device state.
        "-object", $"memory-backend-file,id=ram,size={shape.MemoryMib}M,mem-path=/proc/self/fd/{QemuDescriptors.Memory},share={(shared ? "on" : "off")}",
    ];

    private static string[] Channels(MachineShape shape) =>
    [
        "-chardev", $"socket,id=control,fd={QemuDescriptors.Control},server=on,wait=off",
        "-mon", "chardev=control,mode=control",
        "-device", $"virtio-serial-pci,id=serial-bus,max_ports=4{Lean(shape)}",
        "-chardev", $"socket,id=agent,fd={QemuDescriptors.Agent},server=on,wait=off",
        "-device", $"virtserialport,id=agent0,chardev=agent,name={AgentVerbs.PortName}",
        // A ring in memory: a guest that floods its serial line fills nothing of the host's.
        "-chardev", "ringbuf,id=serial,size=65536",
        "-serial", "chardev:serial",
    ];

    private static string[] Disk(QemuSpec spec) =>
    [
        .. spec.Disk.Files.SelectMany((_, index) => new[] { "-add-fd", $"fd={QemuDescriptors.FirstDisk + index},set={index}" }),
        "-blockdev", spec.Disk.ToBlockNode(),
        "-device", $"virtio-blk-pci,id={QemuNames.Disk},drive={DiskChain.TopNode}{Lean(spec.Shape)}",
    ];

    private static string[] Network(QemuSpec spec) =>
    [
        "-netdev", $"user,id=user0,{spec.Network.ToUserNetwork()}",
        // The address on the wire is set by ClonePrep: a card's MAC travels in the device state, so this one is never used.
        "-device", $"virtio-net-pci,id={QemuNames.NetworkCard},netdev=user0,mac=52:54:00:00:00:01,romfile={Lean(spec.Shape)}",
    ];

    private static string[] Console(MachineShape shape) =>
    [
        "-display", "none",
        // No listener: displays are opened by handing QEMU a connected socket.
        "-vnc", shape.Sound ? "none,audiodev=sound" : "none",
        "-device", $"VGA,id=video0,vgamem_mb={shape.VideoMemoryMib}",
        "-device", "virtio-tablet-pci,id=tablet0",
    ];

    /// <summary>The guest plays into nothing; a VNC client that asks for sound gets a copy. No volume of the card's own: the guest's desktop has one.</summary>
    private static string[] Sound(MachineShape shape) => shape.Sound
        ? ["-audiodev", "none,id=sound", "-device", "ich9-intel-hda,id=hda0", "-device", $"hda-output,id={QemuNames.Speaker},bus=hda0.0,audiodev=sound,mixer=off"]
        : [];

    /// <summary>SCSI, since a disk on it can be pulled without the guest's consent. One queue: a queue takes memory of each clone.</summary>
    private static string[] Attach(MachineShape shape) => shape.Attach
        ? ["-device", $"virtio-scsi-pci,id={QemuNames.AttachBus},num_queues=1{Lean(shape)}"]
        : [];

    /// <summary>
    /// The state of virtio's present interface tells of 1,024 queues of each device, whatever it has of them, and has more areas to be mapped,
    /// for each of which QEMU lays out all its address spaces anew.
    /// </summary>
    private static string Lean(MachineShape shape) => shape.Lean ? ",disable-modern=on" : "";

    private static string[] Role(QemuRole role) => role switch
    {
        QemuRole.Shell => ["-incoming", "defer"],
        // It stands still, which the state saved from it must not say: what is not said is running.
        QemuRole.Receiver => ["-S", "-incoming", "defer", "-global", "migration.store-global-state=off"],
        // The network cable is pulled before the guest's first instruction.
        QemuRole.Boot => ["-S", .. Kernel(role.DirectKernel)],
        _ => Kernel(role.DirectKernel),
    };

    private static string[] Kernel(KernelBoot? boot) => boot is null
        ? []
        :
        [
            "-kernel", $"/proc/self/fd/{QemuDescriptors.Kernel}",
            "-initrd", $"/proc/self/fd/{QemuDescriptors.Initrd}",
            "-append", boot.CommandLine,
        ];
}
