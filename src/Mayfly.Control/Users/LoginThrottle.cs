using Mayfly.Contracts;

namespace Mayfly.Control.Users;

/// <summary>
/// Slows guessing: after some wrong passwords in a row a name is locked for 30 seconds, doubling with every further one up to 15
/// minutes. Names that do not exist are treated alike, so that a lock tells nothing.
/// </summary>
public sealed class LoginThrottle(TimeProvider time)
{
    private const int NamesKept = 10_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset LockedUntil)> _names = new(StringComparer.Ordinal);

    /// <summary>How long the name stays locked, or null when it is free.</summary>
    public TimeSpan? LockedFor(string name)
    {
        lock (_lock)
        {
            var left = _names.TryGetValue(name, out var entry) ? entry.LockedUntil - time.GetUtcNow() : TimeSpan.Zero;
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>Counts a wrong password. True when the name is locked by it.</summary>
    /// <param name="name">Name that was given.</param>
    /// <param name="free">Wrong passwords until a name is locked.</param>
    public bool Failed(string name, int free)
    {
        lock (_lock)
        {
            if (_names.Count >= NamesKept) Forget();
            var failures = _names.GetValueOrDefault(name).Failures + 1;
            var doublings = Math.Min(failures - free, 10);
            var pause = doublings < 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(First.Ticks << doublings, Longest.Ticks));
            _names[name] = (failures, time.GetUtcNow() + pause);
            return doublings >= 0;
        }
    }

    /// <summary>Forgets the failures of a name after a right password.</summary>
    public void Succeeded(string name)
    {
        lock (_lock) _names.Remove(name);
    }

    /// <summary>What is answered while a name is locked.</summary>
    internal static Fault Locked(TimeSpan left) =>
        new(ErrorCode.TooManyRequests, "Too many wrong passwords were given for this name.", null, $"Try again in {Math.Ceiling(left.TotalSeconds)} s.");

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var name in _names.Where(entry => entry.Value.LockedUntil <= now).Select(entry => entry.Key).ToList()) _names.Remove(name);
    }
}
