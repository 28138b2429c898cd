namespace Mayfly.TestKit;

/// <summary>The system's clocks, but that a test sets the wall clock forward and back. The monotonic one, and the timers, go on.</summary>
public sealed class JumpingTime : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
