using System.Diagnostics;

namespace Mayfly.HouseKit;

/// <summary>Waits for what can only be looked at from outside: a guest's files, a picture.</summary>
public static class Clock
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the limit.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, int seconds = 60)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"After {seconds} s still not: {what}");
            await Task.Delay(LookEvery);
        }
    }
}
