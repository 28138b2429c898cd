using System.Diagnostics;

namespace Mayfly.PortalBench;

/// <summary>The morning: many people sign in, ten a second, and each opens a desktop of one pool, all ready beforehand.</summary>
internal sealed class RushRun(BenchHouse house, Uri address, int people)
{
    private const int PerSecond = 10;
    private const int PatienceSeconds = 900;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public async Task<IReadOnlyList<Measure>> RunAsync()
    {
        var pool = $"rush-{house.Image}";
        var users = Enumerable.Range(1, people).Select(number => $"rush-{number}").ToList();
        await house.AddPoolAsync(pool, people, people, users, PatienceSeconds);
        var (crowd, tasks) = (users.Select((user, index) => new Person(address, user, index)).ToList(), new List<Task<double?>>());
        var (started, seen) = (Stopwatch.StartNew(), new List<double>());
        foreach (var person in crowd)
        {
            var due = TimeSpan.FromSeconds((double)tasks.Count / PerSecond) - started.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due);
            tasks.Add(OpenAsync(person, pool));
        }

        foreach (var value in await Task.WhenAll(tasks)) if (value is { } took) seen.Add(took);
        foreach (var person in crowd) person.Dispose();
        await house.RemovePoolAsync(pool);
        return
        [
            Measure.Of($"{house.Image}: {people} logins at {PerSecond} a second, login to first frame", "ms", seen),
            Measure.Of($"{house.Image}: {people} logins at {PerSecond} a second, errors", "errors", [people - seen.Count]),
        ];
    }

    /// <summary>Milliseconds from the login to the first whole picture, or null when it came to nothing; why is printed.</summary>
    private static async Task<double?> OpenAsync(Person person, string pool)
    {
        using var limit = new CancellationTokenSource(Limit);
        // All begin at their own time, whatever those before them wait for.
        await Task.Yield();
        var started = Stopwatch.GetTimestamp();
        try
        {
            await person.SeeAsync(pool, limit.Token);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"{person.User}: {exception.Message}");
            return null;
        }
    }
}
