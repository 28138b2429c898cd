using System.Diagnostics;

namespace Mayfly.TestKit;

/// <summary>Waits for what a test can only look at from outside.</summary>
public static class Eventually
{
    /// <summary>Returns as soon as the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the limit, 10 s unless told.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, int seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"After {seconds} s still not: {what}");
            await Task.Delay(10);
        }
    }
}
