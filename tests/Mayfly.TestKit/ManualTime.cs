namespace Mayfly.TestKit;

/// <summary>A clock that a test sets. For reading the time only: its timers are the system's.</summary>
public sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
