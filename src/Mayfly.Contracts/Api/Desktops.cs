namespace Mayfly.Contracts.Api;

/// <summary>A card of the portal: one entitled pool and the user's session in it, if any.</summary>
/// <param name="Pool">Pool name.</param>
/// <param name="DisplayName">What the card says.</param>
/// <param name="Image">Golden image.</param>
/// <param name="Available">Machines ready now.</param>
/// <param name="Session">The user's running session, or null.</param>
public sealed record DesktopCard(string Pool, string DisplayName, string Image, int Available, SessionView? Session);

/// <summary>One user's use of one machine.</summary>
/// <param name="Id">Session id.</param>
/// <param name="Pool">Pool.</param>
/// <param name="Machine">Machine name.</param>
/// <param name="User">Whose.</param>
/// <param name="StartedAt">When the machine was assigned.</param>
/// <param name="Connected">True while a display is open.</param>
public sealed record SessionView(string Id, string Pool, string Machine, string User, DateTimeOffset StartedAt, bool Connected);

/// <summary>
/// Leave to open one display once, within <see cref="ExpiresInSeconds"/>. Sent as the second WebSocket subprotocol of
/// <c>/api/v1/display</c>, after "binary", as "ticket." followed by <see cref="Ticket"/>: so it is in no address and no log.
/// </summary>
/// <param name="Ticket">One-use secret, base64url.</param>
/// <param name="ExpiresInSeconds">Seconds it stays good.</param>
public sealed record DisplayTicket(string Ticket, int ExpiresInSeconds);

/// <summary>Something that happened.</summary>
/// <param name="Id">Rising number.</param>
/// <param name="At">When.</param>
/// <param name="Level">"info", "warning" or "error".</param>
/// <param name="Kind">Dotted kind, such as "machine.ready".</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Actor">Who caused it, or null for Mayfly itself.</param>
/// <param name="Pool">Pool concerned, or null.</param>
/// <param name="Machine">Machine concerned, or null.</param>
public sealed record EventView(long Id, DateTimeOffset At, string Level, string Kind, string Message, string? Actor, string? Pool, string? Machine);
