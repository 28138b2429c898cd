using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Backups;

/// <summary>Reads from the database what files a house has.</summary>
public sealed class BackupInventory(HouseDatabase database, IImageLibrary images)
{
    /// <summary>What there is now.</summary>
    public async Task<HouseFiles> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var saved = await context.PersonaArchives.Select(archive => archive.Id).ToListAsync(cancellationToken);
        var predefined = await context.Predefined.Select(archive => archive.Id).ToListAsync(cancellationToken);
        var kept = from machine in context.Machines
                   join pool in context.Pools on machine.Pool equals pool.Name
                   where pool.Assignment == PoolAssignment.Dedicated && (machine.Owner != null || machine.UsedBy != null)
                   select machine.Name;
        return new HouseFiles(
            Sorted(saved.Concat(predefined)),
            Sorted(await context.Packages.Select(package => package.Id).ToListAsync(cancellationToken)),
            Sorted(await context.Volumes.Where(volume => volume.Made).Select(volume => volume.Id).ToListAsync(cancellationToken)),
            Sorted(await kept.ToListAsync(cancellationToken)),
            Sorted((await images.ListAsync(cancellationToken)).SelectMany(image => image.Versions.Select(version => $"{image.Name}/{version.Version}"))));
    }

    private static SortedSet<string> Sorted(IEnumerable<string> names) => new(names, StringComparer.Ordinal);
}
