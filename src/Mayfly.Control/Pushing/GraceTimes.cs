using System.Collections.Concurrent;

namespace Mayfly.Control.Pushing;

/// <summary>
/// Says how much of the grace time of a push is left: what was left by the wall clock when this mayflyd first saw the push, less what has
/// passed since by the monotonic one. A wall clock that jumps logs nobody off early, and keeps nobody on.
/// </summary>
public sealed class GraceTimes(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long Seen, TimeSpan Left)> _seen = new();

    internal void Begin(string push, TimeSpan grace) => _seen[push] = (time.GetTimestamp(), grace);

    internal TimeSpan LeftOf(string push, DateTimeOffset forceAt)
    {
        var (seen, left) = _seen.GetOrAdd(push, _ => (time.GetTimestamp(), forceAt - time.GetUtcNow()));
        return left - time.GetElapsedTime(seen);
    }
}
