using System.Text.Json;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Publishing;

/// <summary>Step 5 of a publish: seals the memory, writes it down, hashes all parts and writes the manifest last.</summary>
internal sealed class WarmWriter(WarmFiles files, TimeProvider time)
{
    private long _started;
    private long _drawn;

    /// <summary>The guest's operating system, or null.</summary>
    public string? Os { get; set; }

    /// <summary>How long a running machine stood still, in seconds; null for a parent.</summary>
    public double? PauseSeconds { get; set; }

    /// <summary>The parent, or the copying of a running machine, starts now.</summary>
    public void MarkStart() => _started = time.GetTimestamp();

    /// <summary>The desktop is drawn and quiet now, or all is copied.</summary>
    public void MarkDrawn() => _drawn = time.GetTimestamp();

    /// <summary>Writes the warm image down durably.</summary>
    /// <param name="shape">The hardware frozen.</param>
    /// <param name="qemu">The QEMU that froze it.</param>
    /// <param name="memory">Guest memory, mapped by nobody any more.</param>
    /// <param name="baseDiskSha256">Hash of the golden image's disk.</param>
    /// <param name="cancellationToken">Leaves the directory without a manifest.</param>
    public async Task<WarmManifest> WriteAsync(
        MachineShape shape, QemuInstallation qemu, SafeFileHandle memory, string baseDiskSha256, CancellationToken cancellationToken)
    {
        GuestMemory.Seal(memory);
        var state = HashDurablyAsync(files.State, cancellationToken);
        var frozenDisk = HashDurablyAsync(files.FrozenDisk, cancellationToken);
        var emptyOverlay = HashDurablyAsync(files.EmptyOverlay, cancellationToken);
        var manifest = new WarmManifest
        {
            Format = WarmManifest.CurrentFormat,
            PublishedAt = time.GetUtcNow(),
            QemuVersion = qemu.Version.ToString(),
            HostCpu = HostCpu.Model,
            Os = Os,
            Shape = shape,
            Memory = await StoreAsync(memory, RandomAccess.GetLength(memory), cancellationToken),
            State = await state,
            FrozenDisk = await frozenDisk,
            EmptyOverlay = await emptyOverlay,
            BaseDiskSha256 = baseDiskSha256,
            BootSeconds = time.GetElapsedTime(_started, _drawn).TotalSeconds,
            FreezeSeconds = time.GetElapsedTime(_drawn).TotalSeconds,
            PauseSeconds = PauseSeconds,
        };
        await DurableFile.WriteAsync(files.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, WarmImageLoader.Json), cancellationToken);
        return manifest;
    }

    private async Task<WarmFile> StoreAsync(SafeFileHandle memory, long length, CancellationToken cancellationToken)
    {
        using var target = File.OpenHandle(files.Memory, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(target, length);
        var stored = await SparseHash.CopyAsync(memory, target, length, cancellationToken);
        RandomAccess.FlushToDisk(target);
        return stored;
    }

    private static async Task<WarmFile> HashDurablyAsync(string path, CancellationToken cancellationToken)
    {
        var hash = await SparseHash.OfAsync(path, cancellationToken);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
        return hash;
    }
}
