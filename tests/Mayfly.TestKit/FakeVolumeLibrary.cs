using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Engine;

namespace Mayfly.TestKit;

/// <summary>Volumes in memory.</summary>
public sealed class FakeVolumeLibrary : IVolumeLibrary
{
    private readonly ConcurrentDictionary<string, VolumeFile> _volumes = new();
    private int _lastSnapshot;

    /// <summary>Awaited by everything that is done to a volume, with its name and the volume's id; fail or hang here.</summary>
    public Func<string, string, Task<Fault?>> OnWork { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    /// <summary>What was done, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public IReadOnlyDictionary<string, VolumeFile> Volumes => _volumes;

    public async Task<Outcome<Done>> CreateAsync(string volumeId, int sizeMib, CancellationToken cancellationToken)
    {
        if (await WorkAsync("create", volumeId) is { } fault) return fault;
        return _volumes.TryAdd(volumeId, new VolumeFile(volumeId, sizeMib, 1 << 20, [])) ? Done.Yes : new Fault(ErrorCode.AlreadyExists, "It is there already.");
    }

    public Task<Outcome<VolumeFile>> ReadAsync(string volumeId, CancellationToken cancellationToken) =>
        Task.FromResult(_volumes.TryGetValue(volumeId, out var volume) ? volume : (Outcome<VolumeFile>)Missing(volumeId));

    public async Task<Outcome<Done>> GrowAsync(string volumeId, int sizeMib, CancellationToken cancellationToken)
    {
        if (await WorkAsync("grow", volumeId) is { } fault) return fault;
        if (!_volumes.TryGetValue(volumeId, out var volume)) return Missing(volumeId);
        if (sizeMib <= volume.SizeMib) return new Fault(ErrorCode.InvalidRequest, "A volume only grows.");
        _volumes[volumeId] = volume with { SizeMib = sizeMib };
        return Done.Yes;
    }

    public async Task<Outcome<VolumeSnapshotFile>> SnapshotAsync(string volumeId, int keep, CancellationToken cancellationToken)
    {
        if (await WorkAsync("snapshot", volumeId) is { } fault) return fault;
        if (!_volumes.TryGetValue(volumeId, out var volume)) return Missing(volumeId);
        var taken = new VolumeSnapshotFile($"s{Interlocked.Increment(ref _lastSnapshot):d4}", DateTimeOffset.UnixEpoch.AddMinutes(_lastSnapshot));
        _volumes[volumeId] = volume with { Snapshots = [.. volume.Snapshots.Prepend(taken).Take(keep)] };
        return taken;
    }

    public async Task<Outcome<Done>> RestoreAsync(string volumeId, string snapshotId, CancellationToken cancellationToken)
    {
        if (await WorkAsync("restore", volumeId) is { } fault) return fault;
        return _volumes.TryGetValue(volumeId, out var volume) && volume.Snapshots.Any(snapshot => snapshot.Id == snapshotId) ? Done.Yes : Missing(snapshotId);
    }

    public async Task<Outcome<Stream>> ExportAsync(string volumeId, CancellationToken cancellationToken)
    {
        if (await WorkAsync("export", volumeId) is { } fault) return fault;
        return _volumes.ContainsKey(volumeId) ? new MemoryStream("QFI\xfb"u8.ToArray()) : Missing(volumeId);
    }

    public async Task<Outcome<VolumeFile>> ImportAsync(string volumeId, string path, int maximumMib, CancellationToken cancellationToken)
    {
        if (await WorkAsync("import", volumeId) is { } fault) return fault;
        return _volumes[volumeId] = new VolumeFile(volumeId, 512, 1 << 20, []);
    }

    public async Task<Outcome<Done>> RemoveAsync(string volumeId, CancellationToken cancellationToken)
    {
        if (await WorkAsync("remove", volumeId) is { } fault) return fault;
        _volumes.TryRemove(volumeId, out _);
        return Done.Yes;
    }

    private Task<Fault?> WorkAsync(string what, string volumeId)
    {
        Asked.Enqueue($"{what} {volumeId}");
        return OnWork(what, volumeId);
    }

    private static Fault Missing(string volumeId) => new(ErrorCode.NotFound, $"There is no volume {volumeId}.");
}
