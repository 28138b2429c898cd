using System.Text;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>Verifies a part that has arrived, puts it in place and makes it known.</summary>
internal sealed class ArrivalCommit(DataDirectory data, ImageStore images, HostRuntimeSource runtime)
{
    /// <summary>
    /// Null when it is in place. Faults: InvalidRequest, ImageFormatUnsupported, ImageHasExternalReference, WarmImageCorrupt, AlreadyExists, NotFound.
    /// </summary>
    public async Task<Fault?> RunAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var scan = ReadBackAsync(arrival, cancellationToken);
        var fault = arrival.Offer.Golden is { } golden
            ? await GoldenAsync(arrival, golden, scan, cancellationToken)
            : await WarmAsync(arrival, arrival.Offer.Warm!, scan, cancellationToken);
        // It reads what the caller removes now.
        await Task.WhenAny(scan);
        return fault;
    }

    /// <summary>The pages that are there now. While they are read and hashed, the files are made durable.</summary>
    private static async Task<PageList> ReadBackAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        string[] names = [.. arrival.List!.Files.Select(file => file.Name)];
        var durable = Task.Run(() => Array.ForEach(names, name => DurableFile.Flush(Path.Combine(arrival.Staging.Files, name))), cancellationToken);
        var list = await PageScan.RunAsync(arrival.Staging.Files, names, cancellationToken);
        await durable;
        return list;
    }

    private async Task<Fault?> GoldenAsync(Arrival arrival, ImageManifest manifest, Task<PageList> scan, CancellationToken cancellationToken)
    {
        var id = arrival.Offer.Id;
        var disk = FileHash.Sha256Async(Path.Combine(arrival.Staging.Files, manifest.Disk.File), cancellationToken);
        if (await SoundAsync(arrival, scan, cancellationToken) is { } unsound)
            return unsound;
        if (await disk != manifest.Disk.Sha256)
            return new Fault(ErrorCode.ImageFormatUnsupported, $"The disk of {id} that came is not the one of its manifest.", "Its hash is another.", "Ship it again, or build it again.");

        using var staged = images.Stage(id.Name);
        foreach (var file in arrival.List!.Files)
            File.Move(Path.Combine(arrival.Staging.Files, file.Name), Path.Combine(staged.Directory, file.Name));
        await KeptLists.KeepAsync(ImagePart.Golden(staged.Directory, manifest), arrival.List, cancellationToken);
        return (await images.CommitAsync(staged, id, manifest, CancellationToken.None)).Fault;
    }

    private async Task<Fault?> WarmAsync(Arrival arrival, WarmManifest manifest, Task<PageList> scan, CancellationToken cancellationToken)
    {
        if (!(await images.FindAsync(arrival.Offer.Id.Name, arrival.Offer.Id.Version, cancellationToken)).TryGet(out var golden, out var missing))
            return missing;
        var files = new WarmFiles(arrival.Staging.Files);
        if (arrival.Purpose == ShippingPurpose.Keep)
            return await WarmImageLoader.CheckAsync(golden, files, manifest, cancellationToken)
                ?? await SoundAsync(arrival, scan, cancellationToken) ?? await MoveAsync(arrival, cancellationToken);

        if (!(await runtime.GetAsync(cancellationToken)).TryGet(out var host, out var noHost))
            return noHost;
        if (!(await WarmImageLoader.LoadAsync(golden, files, manifest, cancellationToken)).TryGet(out var loaded, out var corrupt))
            return corrupt;
        SafeFileHandle? memory = loaded.Memory;
        try
        {
            if ((await SoundAsync(arrival, scan, cancellationToken) ?? await MoveAsync(arrival, cancellationToken)) is { } notMoved)
                return notMoved;
            host.WarmImages.Add(loaded with { Files = host.WarmImages.FilesOf(golden.Id) });
            memory = null;
            return null;
        }
        finally
        {
            memory?.Dispose();
        }
    }

    /// <summary>Null when every page is the one announced, with nothing more, and no disk leads out of itself.</summary>
    private static async Task<Fault?> SoundAsync(Arrival arrival, Task<PageList> scan, CancellationToken cancellationToken)
    {
        if (!arrival.List!.IsSame(await scan))
            return OfferCheck.Refused(arrival.Offer.Id.ToString(), "What came is not what was announced.");
        foreach (var file in arrival.List.Files.Where(file => file.Name.EndsWith(".qcow2", StringComparison.Ordinal)))
        {
            await using var content = File.OpenRead(Path.Combine(arrival.Staging.Files, file.Name));
            if (await Qcow2Header.CheckAsync(content, $"{file.Name} of {arrival.Offer.Id}", cancellationToken) is { } unfit)
                return unfit;
        }

        return null;
    }

    /// <summary>The manifest comes last, and the directory appears whole.</summary>
    private async Task<Fault?> MoveAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var part = ImagePart.Warm(arrival.Staging.Files);
        var target = WarmFiles.Of(data, arrival.Offer.Id).Directory;
        if (Directory.Exists(target))
            return new Fault(ErrorCode.AlreadyExists, $"{arrival.Offer.Id} was published here meanwhile.");
        await KeptLists.KeepAsync(part, arrival.List!, cancellationToken);
        await DurableFile.WriteAsync(part.ManifestPath, Encoding.UTF8.GetBytes(arrival.Offer.Offer.Manifest), cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.Move(part.Directory, target);
        DurableFile.FlushDirectory(Path.GetDirectoryName(target)!);
        return null;
    }
}
