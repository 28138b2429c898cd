namespace Mayfly.Contracts.Api;

/// <summary>A card of the portal: one entitled pool and the user's session in it, if any.</summary>
/// <param name="Pool">Pool name.</param>
/// <param name="DisplayName">What the card says.</param>
/// <param name="Image">Golden image.</param>
/// <param name="Available">Machines ready now.</param>
/// <param name="Session">The user's running session, or null.</param>
public sealed record DesktopCard(string Pool, string DisplayName, string Image, int Available, SessionView? Session)
{
    /// <summary>Whether the desktop is kept for the user, or thrown away at log-off.</summary>
    public PoolAssignment Assignment { get; init; }

    /// <summary>Why it can not be opened now, such as outside its hours, or null.</summary>
    public Fault? Closed { get; init; }

    /// <summary>True when the user may reset it.</summary>
    public bool MayReset { get; init; }

    /// <summary>Which way text may be copied.</summary>
    public ClipboardRule Clipboard { get; init; }
}

/// <summary>How far the opening of a desktop is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Message">The same as a sentence for its user.</param>
/// <param name="Seconds">Seconds since it was asked for.</param>
/// <param name="Session">The session, once there is one.</param>
/// <param name="Fault">Why there will be none, or null.</param>
public sealed record OpeningView(OpeningStep Step, string Message, double Seconds, SessionView? Session = null, Fault? Fault = null);

/// <summary>The steps of opening a desktop, in their order.</summary>
public enum OpeningStep
{
    /// <summary>A machine is looked for.</summary>
    Finding,
    /// <summary>None is ready: one is being made, or the user's own is being turned on.</summary>
    Making,
    /// <summary>It runs and is being made its own machine.</summary>
    Preparing,
    /// <summary>Applications and the user's own disk are being attached.</summary>
    Attaching,
    /// <summary>The session has begun.</summary>
    Ready,
    /// <summary>There will be none.</summary>
    Failed,
}

/// <summary>
/// Leave to open one display once, within <see cref="ExpiresInSeconds"/>, for the sign-in or API token it was taken with. Sent as the second WebSocket subprotocol of
/// <c>/api/v1/display</c>, after "binary", as "ticket." followed by <see cref="Ticket"/>: so it is in no address and no log.
/// </summary>
/// <param name="Ticket">One-use secret, base64url.</param>
/// <param name="ExpiresInSeconds">Seconds it stays good.</param>
public sealed record DisplayTicket(string Ticket, int ExpiresInSeconds)
{
    /// <summary>True when the machine has a sound card, so that <c>/api/v1/sound</c> can be opened with a ticket like this one.</summary>
    public bool Sound { get; init; }
}
