using System.Xml.Linq;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.VersusBench;

/// <summary>A machine of libvirt's: the guest's hardware as libvirt's language tells it.</summary>
/// <param name="Daemon">Whose it is.</param>
/// <param name="Number">0 to 999. All that tells it from another is this number, always written with three digits.</param>
internal sealed record LibvirtDomain(LibvirtDaemon Daemon, int Number)
{
    /// <summary>Its name.</summary>
    public string Name => $"{Daemon.Prefix}{Number:000}";

    /// <summary>Its UUID.</summary>
    public string Uuid => $"6d617966-6c79-4000-8000-000000000{Number:000}";

    /// <summary>Its disk.</summary>
    public string Disk => Daemon.PathOf($"{Name}.qcow2");

    /// <summary>Socket of its agent's channel.</summary>
    public string AgentSocket => Daemon.PathOf($"{Name}.agent");

    /// <summary>Its definition.</summary>
    /// <param name="shape">The hardware.</param>
    /// <param name="kernel">The kernel it boots, or null.</param>
    /// <param name="qemu">Path of QEMU.</param>
    public string Define(MachineShape shape, KernelBoot? kernel, string qemu) => new XElement(
        "domain", new XAttribute("type", shape.Accelerator == "kvm" ? "kvm" : "qemu"),
        new XElement("name", Name), new XElement("uuid", Uuid),
        new XElement("memory", new XAttribute("unit", "MiB"), shape.MemoryMib), new XElement("vcpu", shape.Cpus),
        new XElement(
            "os", new XElement("type", new XAttribute("arch", "x86_64"), new XAttribute("machine", shape.MachineType), "hvm"),
            kernel is null ? null : (XElement[])[new("kernel", kernel.Kernel), new("initrd", kernel.Initrd), new("cmdline", kernel.CommandLine)]),
        new XElement("features", new XElement("acpi"), shape.Accelerator == "kvm" ? null : new XElement("tcg", new XElement("tb-cache", new XAttribute("unit", "MiB"), 32))),
        Cpu(shape), new XElement("on_reboot", "destroy"), Devices(shape, qemu)).ToString();

    private static XElement Cpu(MachineShape shape)
    {
        if (shape.Accelerator == "kvm")
            return new XElement("cpu", new XAttribute("mode", "host-passthrough"));
        var (model, features) = shape.CpuModel.Split(',') is [var first, .. var rest] ? (first, rest) : (shape.CpuModel, []);
        return new XElement(
            "cpu", new XAttribute("mode", "custom"), new XAttribute("match", "exact"), new XAttribute("check", "none"), new XElement("model", model),
            features.Select(feature => new XElement("feature", new XAttribute("policy", "require"), new XAttribute("name", feature.TrimStart('+')))));
    }

    private XElement Devices(MachineShape shape, string qemu) => new(
        "devices",
        new XElement("emulator", qemu),
        new XElement(
            "disk", new XAttribute("type", "file"), new XAttribute("device", "disk"),
            // As Mayfly has it: what the guest flushes waits for no disk.
            new XElement("driver", new XAttribute("name", "qemu"), new XAttribute("type", "qcow2"), new XAttribute("cache", "unsafe")),
            new XElement("source", new XAttribute("file", Disk)), new XElement("target", new XAttribute("dev", "vda"), new XAttribute("bus", "virtio"))),
        new XElement("controller", new XAttribute("type", "usb"), new XAttribute("model", "none")),
        new XElement("controller", new XAttribute("type", "scsi"), new XAttribute("model", "virtio-scsi")),
        new XElement(
            "interface", new XAttribute("type", "user"), new XElement("mac", new XAttribute("address", "52:54:00:00:00:01")),
            new XElement("model", new XAttribute("type", "virtio")), new XElement("link", new XAttribute("state", "down"))),
        new XElement(
            "channel", new XAttribute("type", "unix"), new XElement("source", new XAttribute("mode", "bind"), new XAttribute("path", AgentSocket)),
            new XElement("target", new XAttribute("type", "virtio"), new XAttribute("name", AgentVerbs.PortName))),
        new XElement("serial", new XAttribute("type", "null")),
        new XElement("input", new XAttribute("type", "tablet"), new XAttribute("bus", "virtio")),
        new XElement("video", new XElement("model", new XAttribute("type", "vga"), new XAttribute("vram", shape.VideoMemoryMib * 1024))),
        shape.Sound ? new XElement("sound", new XAttribute("model", "ich9")) : null,
        shape.Sound ? new XElement("audio", new XAttribute("id", "1"), new XAttribute("type", "none")) : null,
        new XElement("memballoon", new XAttribute("model", "none")));
}
