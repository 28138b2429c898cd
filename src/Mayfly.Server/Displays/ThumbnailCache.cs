using System.Security.Cryptography;
using Mayfly.Contracts;
using Mayfly.Engine;

namespace Mayfly.Server.Displays;

/// <summary>
/// The latest small picture of each machine's screen. However many ask, a machine is captured once in <see cref="Life"/>; a failure is
/// remembered as long.
/// </summary>
internal sealed class ThumbnailCache(IMachineHost host, TimeProvider time, IHostApplicationLifetime house)
{
    /// <summary>Pixels of a picture's row.</summary>
    public const int Width = 320;

    /// <summary>How old a picture may be.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>The picture of a machine, a JPEG file. Faults: those of <see cref="IMachineHost.CaptureAsync"/>.</summary>
    public Task<Outcome<ScreenThumbnail>> GetAsync(string machineId, CancellationToken cancellationToken)
    {
        Task<Outcome<ScreenThumbnail>> picture;
        lock (_lock)
        {
            // A clock that jumps, in whatever direction, costs one picture more.
            var now = time.GetUtcNow();
            foreach (var key in _entries.Where(entry => (now - entry.Value.Since).Duration() >= Life && entry.Value.Picture.IsCompleted).Select(entry => entry.Key).ToList())
                _entries.Remove(key);
            if (!_entries.TryGetValue(machineId, out var entry)) _entries[machineId] = entry = new Entry(now, CaptureAsync(machineId));
            picture = entry.Picture;
        }

        return picture.WaitAsync(cancellationToken);
    }

    /// <summary>Not cancelled by whoever asked first: others wait for it too.</summary>
    private async Task<Outcome<ScreenThumbnail>> CaptureAsync(string machineId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(house.ApplicationStopping);
        limit.CancelAfter(Limit);
        try
        {
            // Off this thread: the caller holds the lock.
            var taken = await Task.Run(() => host.CaptureAsync(machineId, Width, limit.Token), limit.Token);
            return taken.TryGet(out var jpeg, out var fault) ? new ScreenThumbnail(jpeg, Convert.ToHexStringLower(SHA256.HashData(jpeg))[..32]) : fault;
        }
        catch (OperationCanceledException)
        {
            return new Fault(ErrorCode.MachineUnresponsive, "The screen could not be captured in time.", null, "Try again.");
        }
    }

    private sealed record Entry(DateTimeOffset Since, Task<Outcome<ScreenThumbnail>> Picture);
}
