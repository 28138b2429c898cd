using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Volumes;

/// <summary>What an administrator does to volumes. All of it is refused while a machine has the volume.</summary>
public sealed partial class VolumeDesk(HouseDatabase database, IVolumeLibrary library, VolumeBook book, VolumeLeases leases, EventLog events, HouseChanges changes)
{
    internal const int MostMib = 1_048_576;

    // The most a pool keeps of its own; what is beyond a pool's number goes with the next logon.
    private const int SnapshotsKept = 20;

    /// <summary>Makes a volume of a qcow2 file of this server. Faults: InvalidRequest, NotFound, AlreadyExists, those of the library.</summary>
    public async Task<Outcome<VolumeDetails>> ImportAsync(ImportVolumeRequest request, string actor, CancellationToken cancellationToken)
    {
        if (!Path.IsPathFullyQualified(request.Path ?? "") || request.Path!.Contains('\0', StringComparison.Ordinal))
            return new Fault(ErrorCode.InvalidRequest, $"'{request.Path}' is not an absolute path on the server.");
        if (!OperatingSystemName().IsMatch(request.Os ?? "") || !Enum.IsDefined(request.Kind))
            return new Fault(ErrorCode.InvalidRequest, "An operating system is named as its os-release says, such as \"debian-13\"; a volume keeps Apps, Profile or AppsAndProfile.");
        var volume = leases.New(request.User ?? "", request.Os!, request.Kind, 0);
        return await leases.MakeAsync(volume, async () =>
        {
            var imported = await library.ImportAsync(volume.Id, request.Path, MostMib, cancellationToken);
            if (!imported.TryGet(out var file, out var fault)) return fault;
            await leases.MadeAsync(volume.Id, actor, file.SizeMib);
            changes.Announce();
            return await book.FindAsync(volume.Id, CancellationToken.None);
        }, cancellationToken);
    }

    /// <summary>Makes a volume larger. Faults: InvalidRequest, NotFound, VolumeInUse, HostDiskLow.</summary>
    public Task<Outcome<VolumeDetails>> GrowAsync(string id, int sizeMib, string actor, CancellationToken cancellationToken) =>
        sizeMib is < 64 or > MostMib
            ? Task.FromResult<Outcome<VolumeDetails>>(new Fault(ErrorCode.InvalidRequest, "A volume has 64 to 1,048,576 MiB."))
            : WorkAsync(id, "it is being made larger", actor, "was made larger", _ => library.GrowAsync(id, sizeMib, cancellationToken), row => row.SizeMib = sizeMib, cancellationToken);

    /// <summary>Takes a snapshot. Faults: NotFound, VolumeInUse, HostDiskLow.</summary>
    public Task<Outcome<VolumeDetails>> SnapshotAsync(string id, string actor, CancellationToken cancellationToken) =>
        WorkAsync(id, "a snapshot is being taken", actor, "has a new snapshot", async _ => DoneOf(await library.SnapshotAsync(id, SnapshotsKept, cancellationToken)), null, cancellationToken);

    /// <summary>Goes back to a snapshot. Faults: NotFound, VolumeInUse.</summary>
    public Task<Outcome<VolumeDetails>> RestoreAsync(string id, string? snapshot, string actor, CancellationToken cancellationToken) =>
        WorkAsync(id, "it is being restored", actor, $"was taken back to {snapshot}", async _ =>
        {
            // Only what it is known to have is asked for.
            var read = await library.ReadAsync(id, cancellationToken);
            if (!read.TryGet(out var file, out var fault)) return fault;
            if (file.Snapshots.All(known => known.Id != snapshot)) return new Fault(ErrorCode.NotFound, "The volume has no such snapshot.");
            return await library.RestoreAsync(id, snapshot!, cancellationToken);
        }, null, cancellationToken);

    /// <summary>Lets a volume be attached, or to no machine; one that is attached stays so until its session ends. Faults: NotFound.</summary>
    public async Task<Outcome<VolumeDetails>> EnableAsync(string id, bool enabled, string actor, CancellationToken cancellationToken)
    {
        var found = await ChangeAsync(id, actor, enabled ? "may be attached again" : "may not be attached any more", row => row.Enabled = enabled, cancellationToken);
        return found ? await book.FindAsync(id, cancellationToken) : VolumeFaults.NoVolume;
    }

    /// <summary>Gives a volume to another user. Faults: NotFound, VolumeInUse, AlreadyExists when they have one for that operating system.</summary>
    public async Task<Outcome<VolumeDetails>> MoveAsync(string id, string? user, string actor, CancellationToken cancellationToken)
    {
        var moved = await leases.WorkAsync(id, "it is being moved", async volume =>
        {
            var fault = await database.WriteAsync(async context =>
            {
                if (!await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return UserDirectory.NoUser(user ?? "");
                if (await context.Volumes.AnyAsync(v => v.User == user && v.Os == volume.Os && v.Id != id, cancellationToken)) return VolumeLeases.HasOne(user!, volume.Os);
                await AddChangeAsync(context, id, actor, $"is now that of '{user}'", row => row.User = user!, cancellationToken);
                return (Fault?)null;
            }, cancellationToken);
            return fault is null ? (Outcome<Done>)Done.Yes : fault;
        }, cancellationToken);
        changes.Announce();
        return moved.Fault is { } refused ? refused : await book.FindAsync(id, cancellationToken);
    }

    /// <summary>Removes a volume for good. Faults: NotFound, VolumeInUse.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var removed = await leases.WorkAsync(id, "it is being removed", async volume =>
        {
            // No token: a removal does not stop half way.
            var gone = await library.RemoveAsync(id, CancellationToken.None);
            if (gone.Fault is not null) return gone;
            await database.WriteAsync(async context =>
            {
                await context.Volumes.Where(v => v.Id == id).ExecuteDeleteAsync();
                return events.Add(context, new HouseEvent(EventKinds.VolumeRemoved, $"The volume of '{volume.User}' for {volume.Os} was removed.", actor) { User = volume.User, Before = volume.ToView() });
            }, CancellationToken.None);
            return gone;
        }, cancellationToken);
        changes.Announce();
        return removed;
    }

    private async Task<Outcome<VolumeDetails>> WorkAsync(
        string id, string what, string actor, string did, Func<VolumeRow, Task<Outcome<Done>>> work, Action<VolumeRow>? change, CancellationToken cancellationToken)
    {
        var done = await leases.WorkAsync(id, what, async volume =>
        {
            var outcome = await work(volume);
            // No token: it has happened.
            if (outcome.Fault is null) await ChangeAsync(id, actor, did, change, CancellationToken.None);
            return outcome;
        }, cancellationToken);
        return done.Fault is { } fault ? fault : await book.FindAsync(id, cancellationToken);
    }

    private async Task<bool> ChangeAsync(string id, string actor, string did, Action<VolumeRow>? change, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(context => AddChangeAsync(context, id, actor, did, change, cancellationToken), cancellationToken);
        changes.Announce();
        return found;
    }

    private async Task<bool> AddChangeAsync(MayflyDbContext context, string id, string actor, string did, Action<VolumeRow>? change, CancellationToken cancellationToken)
    {
        var row = await context.Volumes.SingleOrDefaultAsync(v => v.Id == id && v.Made, cancellationToken);
        if (row is null) return false;
        var before = row.ToView();
        change?.Invoke(row);
        events.Add(context, new HouseEvent(EventKinds.VolumeChanged, $"The volume of '{before.User}' for {row.Os} {did}.", actor) { User = before.User, Before = before, After = row.ToView() });
        return true;
    }

    private static Outcome<Done> DoneOf<T>(Outcome<T> outcome) => outcome.Fault is { } fault ? fault : Done.Yes;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,62}\z")]
    private static partial Regex OperatingSystemName();
}
