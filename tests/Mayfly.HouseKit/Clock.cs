using System.Diagnostics;

namespace Mayfly.HouseKit;

/// <summary>Waits for what can only be looked at from outside: a guest's files, a picture.</summary>
public static class Clock
{
    /// <summary>Between looks into a guest, or at its picture: they take from it what it needs for what is waited for.</summary>
    public const int GuestMs = 1000;

    private const int UsualMs = 100;

    /// <summary>Returns once the condition holds.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="what">Its name.</param>
    /// <param name="seconds">The limit.</param>
    /// <param name="everyMs">How long it waits after each look.</param>
    /// <exception cref="TimeoutException">It did not within the limit.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, int seconds = 60, int everyMs = UsualMs)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"After {seconds} s still not: {what}");
            await Task.Delay(everyMs);
        }
    }
}
