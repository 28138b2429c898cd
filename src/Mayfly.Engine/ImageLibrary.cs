using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine;

/// <summary>Golden and warm images of this host, put together from the rooms that know them.</summary>
internal sealed class ImageLibrary(
    ImageStore store, RecipeBuilder builder, ImageImporter importer, HostRuntimeSource runtime, MachineHost machines) : IImageLibrary
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken)
    {
        var views = new List<ImageView>();
        foreach (var image in (await store.ListAsync(cancellationToken)).Images.GroupBy(golden => golden.Id.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var versions = image.OrderByDescending(golden => golden.Manifest.CreatedAt).Select(golden => ViewAsync(golden, cancellationToken));
            views.Add(new ImageView(image.Key, await Task.WhenAll(versions)));
        }

        return views;
    }

    /// <inheritdoc/>
    public async Task<Outcome<ImageVersion>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        IdOf(await builder.BuildAsync(recipe, progress, cancellationToken));

    /// <inheritdoc/>
    public async Task<Outcome<ImageVersion>> ImportAsync(ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        IdOf(await importer.ImportAsync(request, progress, cancellationToken));

    /// <inheritdoc/>
    public async Task<Outcome<ImageVersion>> PublishAsync(
        string name, string? version, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var golden = await store.FindAsync(name, version, cancellationToken);
        if (golden.Fault is { } noImage)
            return noImage;
        var host = await runtime.GetAsync(cancellationToken);
        if (host.Fault is { } noHost)
            return noHost;
        progress.Report(new StepProgress("Verifying what is published", 0));
        var id = golden.Value.Id;
        var present = await host.Value.WarmAsync(id, cancellationToken);
        // One that is loaded may have lost a file since.
        if ((present.Fault ?? WarmImageLoader.MissingFile(present.Value)) is not { } lack)
            return id;
        if (lack.Code is not (ErrorCode.ImageNotPublished or ErrorCode.WarmImageCorrupt or ErrorCode.WarmImageForeign))
            return lack;

        // The disks of kept machines are differences to the very files of this warm image.
        if (machines.Keeps(id))
            return new Fault(
                ErrorCode.ImageInUse, $"{id} is not published again: machines are kept whose disks stand on what is there.", lack.ToString(),
                "Publish another version, or delete those machines first.");

        // What is there, if anything, is damaged or of another host: it makes room for the new one.
        host.Value.WarmImages.Remove(id);
        var published = await host.Value.Publisher.PublishAsync(golden.Value, host.Value.WarmImages.FilesOf(id), progress, cancellationToken);
        if (published.Fault is { } fault)
            return fault;
        host.Value.WarmImages.Add(published.Value);
        return id;
    }

    /// <inheritdoc/>
    public async Task<Outcome<ImageVersion>> PublishMachineAsync(
        string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (!ImageName.IsValid(name))
            return ImageName.Refused(name);
        if (!(await runtime.GetAsync(cancellationToken)).TryGet(out var host, out var noHost))
            return noHost;
        var copied = await machines.UnwatchedAsync(
            machineId, "publish", (machine, token) => host.LivePublisher.CopyAsync(machine, name, progress, token), cancellationToken);
        if (!copied.TryGet(out var copy, out var fault))
            return fault;
        // What is left to do keeps nobody from the machine.
        await using (copy)
            return await host.LiveCopies.WriteAsync(copy, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken)
    {
        if (machines.Uses(image))
            return new Fault(ErrorCode.ImageInUse, $"{image} is in use: machines stand on it.", Remedy: "Delete its pools first.");
        var host = await runtime.GetAsync(cancellationToken);
        if (host.Fault is { } noHost)
            return noHost;
        return host.Value.WarmImages.Remove(image) ? Done.Yes : new Fault(ErrorCode.NotFound, $"{image} is not published.");
    }

    private static Outcome<ImageVersion> IdOf(Outcome<GoldenImage> golden) => golden.Fault is { } fault ? fault : golden.Value.Id;

    private async Task<ImageVersionView> ViewAsync(GoldenImage golden, CancellationToken cancellationToken)
    {
        var manifest = runtime.Current is { } host
            ? await WarmImageLoader.ReadManifestAsync(golden.Id, host.WarmImages.FilesOf(golden.Id), cancellationToken)
            : new Fault(ErrorCode.ImageNotPublished, $"{golden.Id} is not published.");
        var disk = golden.DiskFiles.Select(file => new FileInfo(file.Path)).Where(file => file.Exists).Sum(file => file.Length);
        return new ImageVersionView(
            golden.Id.Version, golden.Manifest.Source, golden.Manifest.CreatedAt, disk, manifest.Fault is null ? View(manifest.Value) : null);
    }

    private static WarmImageView View(WarmManifest manifest) => new(
        manifest.PublishedAt, manifest.Shape.MemoryMib * 1024L * 1024L, manifest.Shape.Cpus, manifest.State.Length, manifest.Memory.StoredBytes,
        manifest.Shape.Accelerator, manifest.BootSeconds, manifest.FreezeSeconds, manifest.PauseSeconds);
}
