using System.Buffers.Binary;
using System.Text.Json;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Publishing;
using Mayfly.Engine.Shipping;
using Mayfly.Engine.Volumes;
using Mayfly.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>What a host has and both ends of shipments, in a directory of its own. Its machines are none that run.</summary>
internal sealed class ShippingHost : IAsyncDisposable
{
    private readonly ProcessWatcher _watcher = new();
    private readonly KeptLists _lists = new();
    private readonly HostRuntimeSource _runtime;
    private readonly bool _ownsRoot;

    public ShippingHost(string? root = null, long diskReserve = 0)
    {
        _ownsRoot = root is null;
        Data = new DataDirectory(root ?? Directory.CreateTempSubdirectory("mf-").FullName);
        var options = new EngineOptions { DataDirectory = Data.Root, DiskReserveBytes = diskReserve, Accelerator = "tcg" };
        Images = new ImageStore(Data, NullLogger<ImageStore>.Instance);
        var groups = new ControlGroups(ControlGroupRoot.Find(null, []));
        _runtime = new HostRuntimeSource(options, Data, Images, groups, _watcher, NullLogger<HostRuntime>.Instance, TimeProvider.System);
        Packages = new PackageStore(Data, NullLogger<PackageStore>.Instance);
        Volumes = new VolumeStore(Data);
        var golden = new GoldenCargo(Data, Images);
        var stores = new CargoStores(
            [golden, new WarmCargo(options, Data, Images, golden, _runtime), new PackageCargo(Packages), new VolumeCargo(Volumes, new VolumeUse(Volumes, Machines))]);
        Sender = new CargoSender(stores, _lists);
        Receiver = new CargoReceiver(options, Data, stores, new LocalPages(stores));
    }

    public DataDirectory Data { get; }

    public ImageStore Images { get; }

    public PackageStore Packages { get; }

    public VolumeStore Volumes { get; }

    public FakeMachineHost Machines { get; } = new();

    public CargoSender Sender { get; }

    public CargoReceiver Receiver { get; }

    /// <summary>Makes a golden image whose files are these bytes.</summary>
    public async Task<GoldenImage> MakeAsync(ImageVersion id, byte[] disk, byte[]? kernel = null, string sha256 = "", string format = "raw")
    {
        using var staged = Images.Stage(id.Name);
        await File.WriteAllBytesAsync(Path.Combine(staged.Directory, $"disk.{format}"), disk, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(staged.Directory, "vmlinuz"), kernel ?? [1, 2, 3], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(staged.Directory, "initrd"), [], TestContext.Current.CancellationToken);
        var hash = sha256.Length > 0 ? sha256 : await FileHash.Sha256Async(Path.Combine(staged.Directory, $"disk.{format}"), TestContext.Current.CancellationToken);
        var manifest = new ImageManifest
        {
            Source = "recipe",
            CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Hardware = new ImageHardware(128, 1, 1),
            Disk = new ImageDisk($"disk.{format}", format, disk.Length, hash),
            Boot = new ImageBoot("vmlinuz", "initrd", "quiet"),
            Settle = new SettleRequest(2, 5, 60),
        };
        return (await Images.CommitAsync(staged, id, manifest, TestContext.Current.CancellationToken)).Value;
    }

    /// <summary>Makes a warm image of a golden one, of files that no QEMU ever wrote.</summary>
    public async Task<WarmManifest> PublishAsync(GoldenImage golden, byte[] memory)
    {
        var files = WarmFiles.Of(Data, golden.Id);
        Directory.CreateDirectory(files.Directory);
        await File.WriteAllBytesAsync(files.Memory, memory, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(files.State, [3, 2, 1], TestContext.Current.CancellationToken);
        foreach (var disk in (string[])[files.FrozenDisk, files.EmptyOverlay])
            await File.WriteAllBytesAsync(disk, Qcow2(), TestContext.Current.CancellationToken);
        var manifest = new WarmManifest
        {
            Format = WarmManifest.CurrentFormat,
            PublishedAt = default,
            QemuVersion = "7.2",
            HostCpu = "any",
            Shape = new MachineShape
            {
                Accelerator = "tcg",
                MachineType = "pc-q35-7.2",
                CpuModel = CpuModels.Emulated,
                Cpus = 1,
                MemoryMib = memory.Length >> 20,
                VideoMemoryMib = 1,
            },
            Memory = await HashAsync(files.Memory),
            State = await HashAsync(files.State),
            FrozenDisk = await HashAsync(files.FrozenDisk),
            EmptyOverlay = await HashAsync(files.EmptyOverlay),
            BaseDiskSha256 = await GoldenDiskHash.OfAsync(golden, TestContext.Current.CancellationToken),
            BootSeconds = 1,
            FreezeSeconds = 1,
        };
        await File.WriteAllTextAsync(files.Manifest, JsonSerializer.Serialize(manifest, WarmImageLoader.Json), TestContext.Current.CancellationToken);
        return manifest;
    }

    /// <summary>Makes a package of these bytes.</summary>
    public async Task<PackageManifest> PackAsync(string id, byte[] content, string sha256 = "")
    {
        using var staged = Packages.Stage();
        var file = PackageStore.FileIn(staged.Directory);
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        var hash = sha256.Length > 0 ? sha256 : await FileHash.Sha256Async(file, TestContext.Current.CancellationToken);
        var manifest = new PackageManifest(id, "debian-13", DateTimeOffset.UnixEpoch, content.Length, content.Length, 1, hash, [], []);
        return (await Packages.CommitAsync(staged, manifest, TestContext.Current.CancellationToken)).Value;
    }

    /// <summary>Puts a volume there whose file has these bytes after the header of a qcow2 file, or writes to it as a machine does.</summary>
    public async Task<byte[]> WriteVolumeAsync(string id, byte[] content, bool backing = false)
    {
        Directory.CreateDirectory(Volumes.DirectoryOf(id));
        byte[] whole = [.. Qcow2(backing), .. content];
        await using var file = new FileStream(Volumes.FileOf(id), FileMode.OpenOrCreate);
        await file.WriteAsync(whole, TestContext.Current.CancellationToken);
        file.SetLength(whole.Length);
        return whole;
    }

    /// <summary>The beginning of a qcow2 file of 1 MiB.</summary>
    /// <param name="backing">True with the name of another file below it.</param>
    public static byte[] Qcow2(bool backing = false)
    {
        var header = new byte[4096];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x514649FB);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), 3);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(8), backing ? 512UL : 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), 16);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(24), 1 << 20);
        return header;
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        _lists.Dispose();
        _watcher.Dispose();
        if (_ownsRoot)
            Directory.Delete(Data.Root, recursive: true);
    }

    private static Task<WarmFile> HashAsync(string path) => SparseHash.OfAsync(path, TestContext.Current.CancellationToken);
}
