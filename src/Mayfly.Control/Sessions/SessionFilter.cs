using Mayfly.Control.Access;

namespace Mayfly.Control.Sessions;

/// <summary>Which sessions are wanted.</summary>
/// <param name="Scope">Pools whose sessions may be seen.</param>
public sealed record SessionFilter(PoolScope Scope)
{
    /// <summary>Of one pool, or null for all.</summary>
    public string? Pool { get; init; }

    /// <summary>Of one user, or null for all.</summary>
    public string? User { get; init; }

    /// <summary>On one machine by its name, or null for all.</summary>
    public string? Machine { get; init; }

    /// <summary>In one state, or null for all.</summary>
    public SessionState? State { get; init; }
}

/// <summary>What a session can be asked for by.</summary>
public enum SessionState
{
    /// <summary>Not ended.</summary>
    Open,
    /// <summary>Not ended, with a display open.</summary>
    Connected,
    /// <summary>Not ended, without a display.</summary>
    Disconnected,
    /// <summary>Over.</summary>
    Ended,
}
