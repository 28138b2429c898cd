using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>A shipment that is arriving: what was offered, the list once it has come, and the plan made of it. Used by one caller at a time.</summary>
internal sealed class Arrival(CheckedOffer offer, Staging staging, LocalPages local)
{
    // 64 MiB of pages, told in some 60 KB.
    private const int BatchPages = 1 << 14;
    private const int BatchRanges = 1 << 11;

    private PagePlan? _plan;
    private IReadOnlyList<PageRange> _batch = [];

    /// <summary>What was offered.</summary>
    public CheckedOffer Offer => offer;

    /// <summary>Where it arrives.</summary>
    public Staging Staging => staging;

    /// <summary>What it is for.</summary>
    public ShippingPurpose Purpose { get; set; }

    /// <summary>Its list, once it has come.</summary>
    public PageList? List { get; private set; }

    /// <summary>Where it stands. What is wanted is chosen anew: a batch that broke off has come in part.</summary>
    public ShippingAnswer Answer()
    {
        if (_plan is null)
            return ShippingAnswer.Of(ShippingStep.List);
        _batch = _plan.Next(BatchPages, BatchRanges);
        return _batch.Count > 0 ? new ShippingAnswer(ShippingStep.Pages, _batch, _plan.Left) : ShippingAnswer.Of(ShippingStep.Commit);
    }

    /// <summary>Goes on with what an earlier mayflyd had of it.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(staging.List))
            return;
        await using var kept = File.OpenRead(staging.List);
        var list = await PageListFormat.ReadAsync(offer.Offer.Files, kept, cancellationToken);
        if (list.Digest() != offer.Offer.Digest)
            return;
        // Those that had not been begun are there then, too.
        new StagedFiles(list, staging.Files).Dispose();
        var there = await PageScan.RunAsync(staging.Files, [.. list.Files.Select(file => file.Name)], cancellationToken);
        await PlanAsync(list, list.InCommonWith(there), cancellationToken);
    }

    /// <summary>Takes the list.</summary>
    /// <exception cref="InvalidDataException">It is not one of the files offered.</exception>
    /// <exception cref="EndOfStreamException">It is not whole.</exception>
    public async Task TakeListAsync(Stream source, CancellationToken cancellationToken)
    {
        var list = await PageListFormat.ReadAsync(offer.Offer.Files, source, cancellationToken);
        if (list.Digest() != offer.Offer.Digest)
            throw new InvalidDataException("The list is not the one announced.");
        if (offer.Warm is { } warm && MemoryBytes(list) > warm.Memory.StoredBytes)
            throw new InvalidDataException("The list has more memory than the manifest.");
        await staging.KeepListAsync(list, cancellationToken);
        await PlanAsync(list, [], cancellationToken);
    }

    /// <summary>Takes the batch last asked for.</summary>
    /// <exception cref="InvalidDataException">It is not what was asked for.</exception>
    public async Task TakePagesAsync(Stream source, CancellationToken cancellationToken)
    {
        using var files = new StagedFiles(List!, staging.Files);
        await PageStream.ReadAsync(_batch, _plan!, files, source, cancellationToken);
    }

    /// <summary>Puts in what is there more than once. Null when all is there. Faults: InvalidRequest.</summary>
    public Fault? Complete(CancellationToken cancellationToken)
    {
        if (_plan is null || _plan.Left > 0)
            return OfferCheck.Refused(offer.Cargo, "Not all of its pages have come.");
        using var files = new StagedFiles(List!, staging.Files);
        foreach (var (number, earlier) in _plan.Twins)
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Repeat(number, earlier);
        }

        return null;
    }

    /// <summary>
    /// Null when every page is the one announced, with nothing more, and all is durable: while pages are read and hashed, the files are. Faults:
    /// InvalidRequest.
    /// </summary>
    public async Task<Fault?> VerifyAsync(CancellationToken cancellationToken)
    {
        string[] names = [.. List!.Files.Select(file => file.Name)];
        var durable = Task.Run(() => Array.ForEach(names, name => DurableFile.Flush(Path.Combine(staging.Files, name))), cancellationToken);
        var there = await PageScan.RunAsync(staging.Files, names, cancellationToken);
        await durable;
        return List.IsSame(there) ? null : OfferCheck.Refused(offer.Cargo, "What came is not what was announced.");
    }

    /// <summary>Null when no disk of it leads out of itself. Faults: ImageFormatUnsupported, ImageHasExternalReference.</summary>
    public async Task<Fault?> CheckDisksAsync(CancellationToken cancellationToken)
    {
        foreach (var file in List!.Files.Where(file => file.Name.EndsWith(".qcow2", StringComparison.Ordinal)))
        {
            await using var content = File.OpenRead(Path.Combine(staging.Files, file.Name));
            if (await Qcow2Header.CheckAsync(content, $"{file.Name} of {offer.Cargo}", cancellationToken) is { } unfit)
                return unfit;
        }

        return null;
    }

    /// <summary>Moves its files to where they are from now on.</summary>
    public void MoveTo(CargoFiles files)
    {
        foreach (var name in files.Names)
            File.Move(Path.Combine(staging.Files, name), Path.Combine(files.Directory, name));
    }

    private async Task PlanAsync(PageList list, IEnumerable<int> present, CancellationToken cancellationToken)
    {
        var index = await local.IndexAsync(offer.Cargo, cancellationToken);
        await Task.Run(
            () =>
            {
                var plan = PagePlan.Make(list, present, index);
                using var files = new StagedFiles(list, staging.Files);
                LocalPages.Copy(plan, index, files, cancellationToken);
                plan.Local.Clear();
                plan.Local.TrimExcess();
                (List, _plan) = (list, plan);
            },
            cancellationToken);
    }

    /// <summary>Bytes that memory takes once it is loaded, by blocks of several pages. The manifest's number was held against what this host has free.</summary>
    private static long MemoryBytes(PageList list)
    {
        const int BlockPages = SparseHash.BlockBytes / PageHash.PageBytes;
        return list.All().TakeWhile(page => page.File == 0).Select(page => page.Page / BlockPages).Distinct().LongCount() * SparseHash.BlockBytes;
    }
}
