using Mayfly.Contracts;

namespace Mayfly.Control.Sessions;

/// <summary>What is answered for sessions and desktops, in one wording.</summary>
public static class SessionFaults
{
    /// <summary>For a session that does not exist, has ended, or is none of the caller's business.</summary>
    public static Fault NoSession { get; } = new(ErrorCode.NotFound, "There is no such session.", null, "It may have ended; open the desktop again.");

    /// <summary>For a pool that does not exist or that the user may not use.</summary>
    internal static Fault NotEntitled(string pool) => new(ErrorCode.Forbidden, $"You may not use a desktop '{pool}'.", null, "Ask an administrator for an entitlement.");
}
