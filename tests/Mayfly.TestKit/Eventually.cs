using System.Diagnostics;

namespace Mayfly.TestKit;

/// <summary>Waits for what a test can only look at from outside.</summary>
public static class Eventually
{
    /// <summary>Returns as soon as the condition holds.</summary>
    /// <param name="condition">Looked at again and again.</param>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="seconds">The limit.</param>
    /// <param name="instead">Tells what was there last, for the message of a failure.</param>
    /// <exception cref="TimeoutException">It did not within the limit: a minute unless told, so that a box that is busy with other things is no failure.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, int seconds = 60, Func<string>? instead = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"After {seconds} s still not: {what}{(instead is null ? null : $", but {instead()}")}");
            await Task.Delay(10);
        }
    }
}
