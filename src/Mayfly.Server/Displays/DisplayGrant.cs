namespace Mayfly.Server.Displays;

/// <summary>What a display ticket grants.</summary>
/// <param name="User">To whom.</param>
/// <param name="MachineId">On which machine.</param>
/// <param name="SessionId">For which session, or null for an administrator's look.</param>
internal sealed record DisplayGrant(string User, string MachineId, string? SessionId)
{
    /// <summary>For which capture, or null.</summary>
    public string? CaptureId { get; init; }

    /// <summary>When it was issued, a timestamp of the monotonic clock.</summary>
    public long IssuedAt { get; init; }
}
