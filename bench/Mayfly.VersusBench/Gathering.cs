using System.Collections.Concurrent;
using System.Diagnostics;
using Mayfly.Engine.Measuring;

namespace Mayfly.VersusBench;

/// <summary>Makes many clones of one way at once, lets them rest, and reads what they take of the host.</summary>
/// <param name="way">How they are made.</param>
/// <param name="patience">Those that would take longer are not tried.</param>
internal sealed class Gathering(Way way, TimeSpan patience)
{
    // Of what the host has still to give away; the rest is its own.
    private const double MostOfMemory = 0.85;
    private const double MostOfDisk = 0.8;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // As many as the control plane makes at a time.
    private static readonly int AtATime = 2 * Environment.ProcessorCount;

    /// <summary>Measures a crowd, or says why it can not be.</summary>
    /// <param name="size">How many.</param>
    /// <param name="smaller">What fewer of them have taken, or null.</param>
    /// <param name="cancellationToken">Ends them all.</param>
    public async Task<Crowd> MeasureAsync(int size, Crowd? smaller, CancellationToken cancellationToken)
    {
        if (smaller is not null && WhyNot(size, smaller) is { } reason)
            return smaller with { Size = size, Skipped = reason };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var clones = new ConcurrentBag<Clone>();
        try
        {
            await way.GetReadyAsync(size, limit.Token);
            return await MeasureAsync(size, clones, limit.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new Crowd(size) { Skipped = error.Message };
        }
        finally
        {
            await Task.WhenAll(clones.Select(clone => clone.DisposeAsync().AsTask()));
            await way.RestAsync();
        }
    }

    private async Task<Crowd> MeasureAsync(int size, ConcurrentBag<Clone> clones, CancellationToken cancellationToken)
    {
        var before = HostMemory.OfHost("MemAvailable");
        var asked = Stopwatch.GetTimestamp();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, size), limits, async (number, token) => clones.Add(await way.StartAsync(number, token)));
        var seconds = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        await Task.Delay(Rest, cancellationToken);
        var after = HostMemory.OfHost("MemAvailable");
        var memory = clones.Select(clone => Readings.Memory(clone.ProcessId)).ToList();
        return new Crowd(size)
        {
            ReadySeconds = seconds,
            PrivateBytes = memory.Sum(one => one.Private),
            ProportionalBytes = memory.Sum(one => one.Proportional),
            SharedBytes = await way.SharedBytesAsync(cancellationToken),
            AvailableDropBytes = before - after,
            DiskBytes = clones.Sum(clone => clone.DiskBytes),
        };
    }

    /// <summary>Why a crowd is not tried, judged by a smaller one; null when it can be.</summary>
    private string? WhyNot(int size, Crowd smaller)
    {
        if (smaller.Skipped is not null)
            return "fewer of them were too many already";
        var times = (double)size / smaller.Size;
        var (memory, available) = (smaller.PrivateBytes * times, HostMemory.OfHost("MemAvailable") * MostOfMemory);
        if (memory > available)
            return string.Create(null, $"{memory / 1e9:0.0} GB of memory would be needed, {available / 1e9:0.0} GB can be used");
        // What is held ready on disk for each clone is at most what was saved.
        var (disk, free) = (way.SavedBytes * (double)size, new DriveInfo(AppContext.BaseDirectory).AvailableFreeSpace * MostOfDisk);
        if (disk > free)
            return string.Create(null, $"{disk / 1e9:0.0} GB of disk might be needed, {free / 1e9:0.0} GB can be used");
        return smaller.ReadySeconds * times > patience.TotalSeconds
            ? string.Create(null, $"it would take about {smaller.ReadySeconds * times:0} s, longer than the limit of {patience.TotalSeconds:0} s")
            : null;
    }
}
