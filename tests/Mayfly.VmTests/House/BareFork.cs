using System.Collections.Concurrent;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.VmTests.House;

/// <summary>Publish and fork by the engine's own parts for a guest without an agent. Runs QEMU as the user the tests run as, who may open /dev/kvm.</summary>
internal sealed class BareFork : IAsyncDisposable
{
    // Some nested hosts refuse a bit of the host's own model that this guest has no use for.
    private const string KvmModel = CpuModels.Kvm + ",-arch-capabilities";
    private readonly ImageVersion _id = new("boot-sector", "1");
    private readonly ProcessWatcher _watcher = new();
    private readonly AddressSlots _slots = new();
    private readonly ConcurrentQueue<Shell> _shells = new();
    private readonly DataDirectory _data;
    private readonly GoldenImage _golden;
    private readonly MachineShape _shape;
    private readonly QemuLauncher _launcher;
    private readonly WarmFiles _files;

    public BareFork(string root, string accelerator, QemuInstallation qemu)
    {
        _data = new DataDirectory(root);
        _files = new WarmFiles(Path.Combine(_data.Warm, _id.Name, _id.Version));
        Directory.CreateDirectory(_data.Machines);
        Directory.CreateDirectory(_files.Directory);
        BootSector.WriteDisk(Path.Combine(root, "disk"));
        _golden = new GoldenImage(_id, root, new ImageManifest
        {
            Source = "import",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Hardware = new ImageHardware(64, 1, 1),
            Disk = new ImageDisk("disk", "raw", 1 << 20, new string('0', 64)),
            Settle = new SettleRequest(0, 100, 1),
        });
        _shape = new MachineShape { Accelerator = accelerator, MachineType = qemu.MachineType, CpuModel = accelerator == "kvm" ? KvmModel : CpuModels.Emulated, Cpus = 1, MemoryMib = 64, VideoMemoryMib = 1 };
        _launcher = new QemuLauncher(qemu, new VmAccount(Environment.UserName, null, null, null), new ControlGroups(new ControlGroupRoot(null, [])), _watcher, NullLogger.Instance, TimeProvider.System);
    }

    /// <summary>Boots the guest until it writes, saves its state, ends its process and seals its memory.</summary>
    public async Task<WarmImage> PublishAsync(CancellationToken cancellationToken)
    {
        foreach (var overlay in (string[])[_files.FrozenDisk, _files.EmptyOverlay])
            (await new OverlayMaker().CreateAsync(overlay, 1 << 20, cancellationToken)).Fault.ShouldBeNull();
        var memory = GuestMemory.Create(_shape.MemoryMib * 1024L * 1024L);
        try
        {
            await FreezeAsync(memory, cancellationToken);
            var manifest = await new WarmWriter(_files, TimeProvider.System).WriteAsync(_shape, _launcher.Qemu, memory, new string('0', 64), cancellationToken);
            GuestMemory.IsSealed(memory).ShouldBeTrue();
            return new WarmImage(_id, _golden, _files, manifest, memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>A shell of the image.</summary>
    public async Task<Shell> StartShellAsync(WarmImage image, CancellationToken cancellationToken)
    {
        var started = await Factory.StartAsync(image, keep: false, cancellationToken);
        started.Fault.ShouldBeNull();
        _shells.Enqueue(started.Value);
        return started.Value;
    }

    /// <summary>Makes a shell run.</summary>
    public static async Task LoadAsync(Shell shell, CancellationToken cancellationToken)
    {
        var running = shell.Machine.Qmp.NextEventAsync(happened => happened.Name == "RESUME", cancellationToken);
        await shell.Machine.Qmp.MigrateIncomingAsync(QemuNames.StateDescriptor, cancellationToken);
        await running;
    }

    /// <summary>Waits until a guest has written the whole alphabet once more to its serial port.</summary>
    public static async Task WritesAsync(QemuMachine machine, CancellationToken cancellationToken)
    {
        var text = "";
        await Eventually.HoldsAsync(async () => (text += await ReadSerialAsync(machine, cancellationToken)).Contains(BootSector.Alphabet, StringComparison.Ordinal), "the guest writes", 60);
    }

    /// <summary>Ends all shells, loaded or not.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_shells.Select(Factory.DiscardAsync));
        _watcher.Dispose();
    }

    private static async Task<string> ReadSerialAsync(QemuMachine machine, CancellationToken cancellationToken)
    {
        var read = await machine.Qmp.ExecuteAsync("ringbuf-read", new { device = "serial", size = 1024 }, TimeSpan.FromSeconds(10), cancellationToken);
        return read.GetString()!;
    }

    private ShellFactory Factory => new(_data, _launcher, new Admission(new EngineOptions { DataDirectory = _data.Root }, _data), _slots);

    private async Task FreezeAsync(Microsoft.Win32.SafeHandles.SafeFileHandle memory, CancellationToken cancellationToken)
    {
        var spec = new QemuSpec
        {
            Uuid = Guid.NewGuid(),
            Shape = _shape,
            Disk = new DiskChain([new DiskFile(_files.FrozenDisk, "qcow2"), new DiskFile(_golden.PathOf("disk"), "raw")]),
            Network = new AddressSlot(AddressSlot.Count - 1),
            Role = new QemuRole.Parent(null),
        };
        var parent = (await _launcher.StartAsync(spec, MachineDirectory.Create(_data.Machines, spec.Uuid), memory, cancellationToken)).Value;
        try
        {
            await WritesAsync(parent, cancellationToken);
            using var state = File.OpenHandle(_files.State, FileMode.CreateNew, FileAccess.ReadWrite);
            await parent.Qmp.PrepareMigrationAsync(cancellationToken);
            await parent.Qmp.GetDescriptorAsync(QemuNames.StateDescriptor, state, cancellationToken);
            await parent.Qmp.MigrateAsync(QemuNames.StateDescriptor, cancellationToken);
        }
        finally
        {
            await parent.DestroyAsync();
        }
    }
}
