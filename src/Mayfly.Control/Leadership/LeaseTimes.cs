namespace Mayfly.Control.Leadership;

/// <summary>How long things take of the lease by which one of several servers runs the house.</summary>
public sealed record LeaseTimes
{
    /// <value>How long a lease holds, by the database's clock, from its last renewal on.</value>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(15);

    /// <value>How often it is renewed.</value>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(3);

    /// <value>By how much earlier than the database whoever holds it takes it for ended.</value>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>How long one attempt to talk to the database may take.</value>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(3);

    /// <value>Between an attempt that failed and the next one.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long whoever holds it goes on without a renewal, by its own clock.</summary>
    public TimeSpan Usable => Length - Margin;
}
