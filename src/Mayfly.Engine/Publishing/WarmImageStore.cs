using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Measuring;

namespace Mayfly.Engine.Publishing;

/// <summary>The warm images of this host. Each is verified and loaded at most once, at its first use.</summary>
internal sealed class WarmImageStore(DataDirectory data, ImageStore images) : IDisposable
{
    private readonly ConcurrentDictionary<ImageVersion, WarmImage> _loaded = new();
    private readonly SemaphoreSlim _loading = new(1, 1);

    /// <summary>Removes what interrupted publishes and removals left. Call at start, when nobody publishes.</summary>
    public static void RemoveLeftovers(DataDirectory data)
    {
        foreach (var directory in Directory.EnumerateDirectories(data.Warm).SelectMany(Directory.EnumerateDirectories))
        {
            // A warm image gets its manifest last and loses it first.
            if (directory.EndsWith(WarmFiles.StagingSuffix, StringComparison.Ordinal) || !File.Exists(new WarmFiles(directory).Manifest))
                Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Where a warm image lies or would lie.</summary>
    public WarmFiles FilesOf(ImageVersion id) => WarmFiles.Of(data, id);

    /// <summary>The warm image if it is loaded already.</summary>
    public WarmImage? Loaded(ImageVersion id) => _loaded.GetValueOrDefault(id);

    /// <summary>What the memory of the loaded ones takes up.</summary>
    public IReadOnlyList<FileBlocks> MemoryBlocks() =>
        [.. _loaded.Values.Select(image => FileBlocks.Of($"/proc/self/fd/{image.Memory.DangerousGetHandle()}")).OfType<FileBlocks>()];

    /// <summary>
    /// The warm image, verified. Faults: NotFound, ImageNotPublished, WarmImageCorrupt, WarmImageForeign.
    /// </summary>
    public async Task<Outcome<WarmImage>> GetAsync(ImageVersion id, QemuInstallation qemu, Accelerators accelerators, CancellationToken cancellationToken)
    {
        if (Loaded(id) is { } ready)
            return ready;
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return Loaded(id) is { } meanwhile ? meanwhile : await LoadAsync(id, qemu, accelerators, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Null when a warm image fits this host. Faults: WarmImageForeign, AcceleratorUnavailable.</summary>
    public static async Task<Fault?> FitAsync(
        GoldenImage golden, WarmManifest manifest, QemuInstallation qemu, Accelerators accelerators, CancellationToken cancellationToken)
    {
        var kernel = golden.Manifest.Boot is { } boot ? golden.PathOf(boot.Kernel) : null;
        var choice = await accelerators.ChooseAsync(kernel, cancellationToken);
        return choice.Fault is { } noAccelerator ? noAccelerator : WarmFit.Check(golden.Id, manifest, qemu, choice.Value.Name);
    }

    /// <summary>Takes in a warm image just published.</summary>
    public void Add(WarmImage image) => _loaded[image.Id] = image;

    /// <summary>Removes a warm image from memory and disk. False when there was none.</summary>
    public bool Remove(ImageVersion id)
    {
        if (_loaded.TryRemove(id, out var image))
            image.Dispose();
        var directory = FilesOf(id).Directory;
        if (!Directory.Exists(directory))
            return false;
        // The manifest first: what is left after a crash in between is no warm image, and the next publish clears it.
        File.Delete(FilesOf(id).Manifest);
        Directory.Delete(directory, recursive: true);
        return true;
    }

    /// <summary>Lets go of all memory; clones keep theirs.</summary>
    public void Dispose()
    {
        foreach (var image in _loaded.Values)
            image.Dispose();
        _loading.Dispose();
    }

    private async Task<Outcome<WarmImage>> LoadAsync(ImageVersion id, QemuInstallation qemu, Accelerators accelerators, CancellationToken cancellationToken)
    {
        var golden = await images.FindAsync(id.Name, id.Version, cancellationToken);
        if (golden.Fault is { } noGolden)
            return noGolden;
        var files = FilesOf(id);
        var manifest = await WarmImageLoader.ReadManifestAsync(id, files, cancellationToken);
        if (manifest.Fault is { } unreadable)
            return unreadable;
        if (await FitAsync(golden.Value, manifest.Value, qemu, accelerators, cancellationToken) is { } unfit)
            return unfit;
        var loaded = await WarmImageLoader.LoadAsync(golden.Value, files, manifest.Value, cancellationToken);
        if (loaded.Fault is null)
            Add(loaded.Value);
        return loaded;
    }
}
