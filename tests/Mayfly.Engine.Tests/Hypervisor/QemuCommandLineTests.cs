using Mayfly.Engine.Disks;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Tests.Hypervisor;

public sealed class QemuCommandLineTests
{
    private static readonly MachineShape Shape = new()
    {
        Accelerator = "tcg",
        MachineType = "pc-q35-7.2",
        CpuModel = "Nehalem",
        Cpus = 1,
        MemoryMib = 1024,
        VideoMemoryMib = 8,
    };

    private static readonly QemuSpec Shell = new()
    {
        Uuid = Guid.Parse("11111111-2222-3333-4444-555555555555"),
        Shape = Shape,
        Disk = new DiskChain([new DiskFile("/m/disk.qcow2", "qcow2"), new DiskFile("/w/frozen.qcow2", "qcow2"), new DiskFile("/i/disk.raw", "raw")]),
        Network = new AddressSlot(1),
        Role = new QemuRole.Shell(),
    };

    private static readonly KernelBoot Kernel = new("/i/vmlinuz", "/i/initrd", "quiet");

    [Fact]
    public void Build_Shell_IsTheGoldenList() => QemuCommandLine.Build(Shell).ShouldBe(Golden("shell.args"));

    [Fact]
    public void Build_WithSound_AddsACardWhoseSoundOnlyViewersHear()
    {
        var silent = QemuCommandLine.Build(Shell);

        var sounding = QemuCommandLine.Build(Shell with { Shape = Shape with { Sound = true } });

        sounding.Except(silent).ShouldBe(
        [
            "none,audiodev=sound", "-audiodev", "none,id=sound", "ich9-intel-hda,id=hda0",
            "hda-output,id=speaker0,bus=hda0.0,audiodev=sound,mixer=off",
        ]);
        silent.Except(sounding).ShouldBeEmpty();
    }

    [Fact]
    public void Build_WithAttach_AddsABusAndNothingElse()
    {
        var without = QemuCommandLine.Build(Shell);

        var with = QemuCommandLine.Build(Shell with { Shape = Shape with { Attach = true } });

        with.Except(without).ShouldBe(["virtio-scsi-pci,id=attach,num_queues=1"]);
        without.Except(with).ShouldBeEmpty();
    }

    [Fact]
    public void Build_Lean_GivesDevicesLessState()
    {
        var shape = Shape with { Attach = true };
        var without = QemuCommandLine.Build(Shell with { Shape = shape });

        var lean = QemuCommandLine.Build(Shell with { Shape = shape with { Lean = true } });

        // A tablet has the present interface alone.
        lean.ShouldBe(without.Select(argument =>
            argument.StartsWith("virtio-", StringComparison.Ordinal) && !argument.StartsWith("virtio-tablet", StringComparison.Ordinal) ? argument + ",disable-modern=on" : argument));
    }

    [Fact]
    public void Build_Receiver_IsAShellWithMemoryOfOthersThatNeverRunsNorSaysSo() =>
        QemuCommandLine.Build(Shell with { Role = new QemuRole.Receiver() }).Except(QemuCommandLine.Build(Shell)).ShouldBe(
        [
            "memory-backend-file,id=ram,size=1024M,mem-path=/proc/self/fd/3,share=on", "-S", "-global", "migration.store-global-state=off",
        ]);

    [Fact]
    public void Build_BootOfAKeptLinkedMachine_IsTheGoldenList()
    {
        var disk = new DiskChain([new DiskFile("/m/disk.qcow2", "qcow2"), new DiskFile("/i/disk.raw", "raw")]) { Durable = true };
        QemuCommandLine.Build(Shell with { Disk = disk, Role = new QemuRole.Boot(Kernel) }).ShouldBe(Golden("boot.args"));
    }

    [Fact]
    public void Build_BootOfADiskThatBootsItself_OnlyStandsStill() =>
        QemuCommandLine.Build(Shell with { Role = new QemuRole.Boot(null) }).Except(QemuCommandLine.Build(Shell)).ShouldBe(
            ["memory-backend-file,id=ram,size=1024M,mem-path=/proc/self/fd/3,share=on", "-S"]);

    [Fact]
    public void Build_ParentAndShell_DifferOnlyInSharingAndRole()
    {
        var parent = QemuCommandLine.Build(Shell with { Role = new QemuRole.Parent(Kernel) });
        var shell = QemuCommandLine.Build(Shell);
        parent.Except(shell).ShouldBe(
        [
            "memory-backend-file,id=ram,size=1024M,mem-path=/proc/self/fd/3,share=on",
            "-kernel", "/proc/self/fd/6", "-initrd", "/proc/self/fd/7", "-append", "quiet",
        ]);
        shell.Except(parent).ShouldBe(["memory-backend-file,id=ram,size=1024M,mem-path=/proc/self/fd/3,share=off", "-incoming", "defer"]);
    }

    [Fact]
    public void Build_AnySpec_NamesNoPathOfTheHost() =>
        QemuCommandLine.Build(Shell).ShouldNotContain(argument => argument.Contains("/m/") || argument.Contains("/w/") || argument.Contains("/i/"));

    [Fact]
    public void Build_Kvm_AsksForKvm() =>
        QemuCommandLine.Build(Shell with { Shape = Shape with { Accelerator = "kvm" } }).ShouldContain("kvm");

    private static string[] Golden(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Hypervisor", file));
}
