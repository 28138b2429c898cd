using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Volumes;

/// <summary>Users' writable volumes as an administrator sees them.</summary>
public sealed class VolumeBook(HouseDatabase database, IVolumeLibrary library, VolumeLeases leases)
{
    /// <summary>Volumes by user and operating system. Faults: InvalidRequest for an <paramref name="after"/> that no page has given.</summary>
    public async Task<Outcome<Page<VolumeView>>> ListAsync(VolumeFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var found = filter.Of(context.Volumes.AsNoTracking());
        var total = await found.CountAsync(cancellationToken);
        if (after is not null)
        {
            if (after.Split('/') is not [var user, var os]) return new Fault(ErrorCode.InvalidRequest, $"'{after}' is no place in the list.", null, "Pass what 'next' has given.");
            found = found.Where(v => string.Compare(v.User, user) > 0 || (v.User == user && string.Compare(v.Os, os) > 0));
        }

        var rows = await found.OrderBy(v => v.User).ThenBy(v => v.Os).Take(limit + 1).ToListAsync(cancellationToken);
        return new Page<VolumeView>([.. rows.Take(limit).Select(row => row.ToView())], rows.Count > limit ? $"{rows[limit - 1].User}/{rows[limit - 1].Os}" : null, total);
    }

    /// <summary>One volume with what its file says. Faults: NotFound, VolumeUnusable.</summary>
    public async Task<Outcome<VolumeDetails>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await RowAsync(id, cancellationToken) is not { } row) return VolumeFaults.NoVolume;
        var read = await library.ReadAsync(id, cancellationToken);
        return read.TryGet(out var file, out var fault)
            ? new VolumeDetails(row.ToView(), file.Bytes, [.. file.Snapshots.Select(snapshot => new VolumeSnapshotView(snapshot.Id, snapshot.TakenAt))])
            : fault;
    }

    /// <summary>A copy of a volume, to be read once. Faults: NotFound, VolumeInUse, HostDiskLow.</summary>
    public Task<Outcome<Stream>> OpenAsync(string id, CancellationToken cancellationToken) =>
        leases.WorkAsync(id, "it is being copied", _ => library.ExportAsync(id, cancellationToken), cancellationToken);

    /// <summary>One volume's row that is seen from outside, or null.</summary>
    private async Task<VolumeRow?> RowAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Volumes.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && v.Made, cancellationToken);
    }
}
