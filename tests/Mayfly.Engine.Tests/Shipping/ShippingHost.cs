using Mayfly.Contracts.Agent;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Shipping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>A host's images and both ends of shipments, in a directory of its own. It holds no machines.</summary>
internal sealed class ShippingHost : IAsyncDisposable
{
    private readonly ProcessWatcher _watcher = new();
    private readonly KeptLists _lists = new();
    private readonly HostRuntimeSource _runtime;
    private readonly bool _ownsRoot;

    public ShippingHost(string? root = null)
    {
        _ownsRoot = root is null;
        Data = new DataDirectory(root ?? Directory.CreateTempSubdirectory("mf-").FullName);
        var options = new EngineOptions { DataDirectory = Data.Root, DiskReserveBytes = 0, Accelerator = "tcg" };
        Images = new ImageStore(Data, NullLogger<ImageStore>.Instance);
        var groups = new ControlGroups(ControlGroupRoot.Find(null, []));
        _runtime = new HostRuntimeSource(options, Data, Images, groups, _watcher, NullLogger<HostRuntime>.Instance, TimeProvider.System);
        var parts = new ImageParts(Data, Images);
        Sender = new ImageSender(parts, _lists);
        Receiver = new ImageReceiver(
            Data, new ArrivalCheck(options, Data, Images, _runtime), new ArrivalCommit(Data, Images, _runtime), new LocalPages(parts));
    }

    public DataDirectory Data { get; }

    public ImageStore Images { get; }

    public ImageSender Sender { get; }

    public ImageReceiver Receiver { get; }

    /// <summary>Makes a golden image whose files are these bytes.</summary>
    public async Task<GoldenImage> MakeAsync(ImageVersion id, byte[] disk, byte[]? kernel = null, string sha256 = "")
    {
        using var staged = Images.Stage(id.Name);
        await File.WriteAllBytesAsync(Path.Combine(staged.Directory, "disk.raw"), disk, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(staged.Directory, "vmlinuz"), kernel ?? [1, 2, 3], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(staged.Directory, "initrd"), [], TestContext.Current.CancellationToken);
        var hash = sha256.Length > 0 ? sha256 : await FileHash.Sha256Async(Path.Combine(staged.Directory, "disk.raw"), TestContext.Current.CancellationToken);
        var manifest = new ImageManifest
        {
            Source = "recipe",
            CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Hardware = new ImageHardware(128, 1, 1),
            Disk = new ImageDisk("disk.raw", "raw", disk.Length, hash),
            Boot = new ImageBoot("vmlinuz", "initrd", "quiet"),
            Settle = new SettleRequest(2, 5, 60),
        };
        return (await Images.CommitAsync(staged, id, manifest, TestContext.Current.CancellationToken)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        _lists.Dispose();
        _watcher.Dispose();
        if (_ownsRoot)
            Directory.Delete(Data.Root, recursive: true);
    }
}
