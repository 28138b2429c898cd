using Mayfly.Contracts;

namespace Mayfly.Control.Personas;

/// <summary>A machine does one thing at a time: what is short waits for its turn.</summary>
internal static class MachineTurn
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Does it as soon as the machine has the time, or gives up with its fault.</summary>
    /// <param name="time">The time.</param>
    /// <param name="work">What to do.</param>
    /// <param name="faultOf">Its fault, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal static async Task<T> WhenFreeAsync<T>(TimeProvider time, Func<Task<T>> work, Func<T, Fault?> faultOf, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var done = await work();
            if (faultOf(done) is not { Code: ErrorCode.Busy } || time.GetElapsedTime(start) > Longest) return done;
            await Task.Delay(Again, time, cancellationToken);
        }
    }
}
