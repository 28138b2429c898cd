using System.Diagnostics;
using Spectre.Console;

namespace Mayfly.VersusBench;

/// <summary>
/// Measures all ways in one run: first one clone at a time, one of each way in turn, so that what else the host does meets all alike; then
/// many at a time. What goes wrong is written down and the rest measured all the same.
/// </summary>
internal sealed class VersusRun(IReadOnlyList<Way> ways, VersusOptions options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(25);
    private static readonly TimeSpan PictureLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly Dictionary<Way, List<Sample>> _samples = ways.ToDictionary(way => way, _ => new List<Sample>());
    private readonly Dictionary<Way, List<Crowd>> _crowds = ways.ToDictionary(way => way, _ => new List<Crowd>());
    private readonly Dictionary<Way, List<string>> _failures = ways.ToDictionary(way => way, _ => new List<string>());

    /// <summary>What has been measured so far.</summary>
    public IReadOnlyList<WayResult> Results => [.. ways.Select(way => new WayResult(way.Key, way.Name, way.About, way.SavedBytes, _samples[way], _crowds[way], _failures[way]))];

    /// <summary>Measures. What can not be prepared is left out.</summary>
    /// <param name="keep">Called whenever there is more in <see cref="Results"/>.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public async Task RunAsync(Func<Task> keep, CancellationToken cancellationToken)
    {
        AnsiConsole.MarkupLine("[grey]Preparing[/]");
        await Task.WhenAll(ways.Select(way => TryAsync(way, way.PrepareAsync, cancellationToken)));
        var prepared = ways.Where(way => _failures[way].Count == 0).ToList();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var way in prepared.Where(way => !way.Boots || round < options.Boots))
                await TryAsync(way, token => SampleAsync(way, token), cancellationToken);
            await keep();
        }

        foreach (var way in prepared.Where(way => way.Crowds))
        {
            var gathering = new Gathering(way, options.Patience);
            foreach (var size in options.Crowds)
            {
                var crowd = await gathering.MeasureAsync(size, _crowds[way].LastOrDefault(), cancellationToken);
                AnsiConsole.MarkupLineInterpolated($"{way.Name}: {size} at once, {crowd.Skipped ?? $"{crowd.ReadySeconds:0.0} s, {crowd.PrivateBytes / 1e6:0} MB private"}");
                _crowds[way].Add(crowd);
                await keep();
            }
        }
    }

    private async Task TryAsync(Way way, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await work(limit.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{way.Name}: {error.Message}[/]");
            _failures[way].Add(error.Message);
        }
    }

    private async Task SampleAsync(Way way, CancellationToken cancellationToken)
    {
        try
        {
            await way.GetReadyAsync(1, cancellationToken);
            var asked = Stopwatch.GetTimestamp();
            await using var clone = await way.StartAsync(0, cancellationToken);
            var cpu = Readings.CpuSeconds(clone.ProcessId);
            var picture = await PictureMsAsync(clone, asked, cancellationToken);
            _samples[way].Add(new Sample(clone.RunningMs, clone.ReadyMs, picture, cpu, clone.DiskBytes));
            AnsiConsole.MarkupLineInterpolated($"{way.Name}: running {clone.RunningMs:0.0} ms, READY {clone.ReadyMs:0.0} ms, picture {picture:0.0} ms, CPU {cpu:0.00} s");
        }
        finally
        {
            await way.RestAsync();
        }
    }

    /// <summary>QEMU tells nobody that its screen has changed, so it is looked at until it shows something.</summary>
    private static async Task<double?> PictureMsAsync(Clone clone, long asked, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < PictureLimit)
        {
            var picture = await clone.Picture(cancellationToken);
            var taken = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            if (Readings.ShowsSomething(picture))
                return taken;
            await Task.Delay(Look, cancellationToken);
        }

        return null;
    }
}
