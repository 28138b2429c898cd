using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pushing;

/// <summary>Warm images that pools have moved away from: kept while something still refers to them, then removed.</summary>
public sealed class RetiredImages(HouseDatabase database, IImageLibrary library, EventLog events)
{
    /// <summary>Notes versions that a pool keeps no longer.</summary>
    internal void Add(MayflyDbContext context, string image, IEnumerable<string> versions)
    {
        foreach (var version in versions)
        {
            if (context.RetiredImages.Find(image, version) is null) context.RetiredImages.Add(new RetiredImageRow { Image = image, Version = version });
        }
    }

    /// <summary>Removes those that nothing refers to any more.</summary>
    internal async Task RemoveUnusedAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var retired = await context.RetiredImages.AsNoTracking().ToListAsync(cancellationToken);
        if (retired.Count == 0) return;
        foreach (var image in retired)
        {
            if (await IsReferredToAsync(context, new ImageVersion(image.Image, image.Version), cancellationToken)) continue;
            var removed = await library.UnpublishAsync(new ImageVersion(image.Image, image.Version), cancellationToken);
            if (removed.Fault is { Code: not ErrorCode.NotFound }) continue;
            await database.WriteAsync(async writer =>
            {
                if (removed.Fault is null) events.Add(writer, new HouseEvent(EventKinds.ImageUnpublished, $"The warm image {image.Image}@{image.Version} was removed: no pool refers to it any more."));
                return await writer.RetiredImages.Where(r => r.Image == image.Image && r.Version == image.Version).ExecuteDeleteAsync(cancellationToken);
            }, cancellationToken);
        }
    }

    /// <summary>What refers to a version, in words, or null.</summary>
    internal static async Task<string?> ReferenceAsync(MayflyDbContext context, ImageVersion image, CancellationToken cancellationToken)
    {
        var pools = await context.Pools.AsNoTracking().Where(p => p.Image == image.Name).ToListAsync(cancellationToken);
        if (pools.Find(p => p.Version == image.Version || p.CanaryVersion == image.Version) is { } user) return $"The pool '{user.Name}' makes its machines from {image}.";
        if (pools.Find(p => p.KeptVersions.Contains(image.Version)) is { } keeper) return $"The pool '{keeper.Name}' keeps {image} for a rollback.";
        if (await context.Pushes.AnyAsync(p => p.Image == image.Name && p.ToVersion == image.Version && p.FinishedAt == null, cancellationToken)) return $"A push to {image} is in progress.";
        var machine = await context.Machines.Where(m => m.Image == image.Name && m.Version == image.Version).Select(m => m.Name).FirstOrDefaultAsync(cancellationToken);
        return machine is null ? null : $"The machine '{machine}' stands on {image}.";
    }

    private static async Task<bool> IsReferredToAsync(MayflyDbContext context, ImageVersion image, CancellationToken cancellationToken) =>
        await ReferenceAsync(context, image, cancellationToken) is not null;
}
