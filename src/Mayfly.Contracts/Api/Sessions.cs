namespace Mayfly.Contracts.Api;

/// <summary>One user's use of one machine.</summary>
/// <param name="Id">Session id.</param>
/// <param name="Pool">Pool.</param>
/// <param name="Machine">Machine name.</param>
/// <param name="User">Whose.</param>
/// <param name="StartedAt">When the machine was assigned.</param>
/// <param name="Connected">True while a display is open.</param>
/// <param name="Notice">What its user must be told, or null.</param>
public sealed record SessionView(
    string Id, string Pool, string Machine, string User, DateTimeOffset StartedAt, bool Connected, SessionNotice? Notice = null)
{
    /// <summary>When a display was last opened, or null.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When the last display was closed; null while one is open or none ever was.</summary>
    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>When its user last pressed a key or moved the pointer, to half a minute, or null.</summary>
    public DateTimeOffset? LastInputAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, such as "log-off" or "disconnected-too-long", or null.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Address the last display was opened from, or null.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>What the last display was opened with, or null.</summary>
    public SessionClient? Client { get; init; }

    /// <summary>What each step from the click to the first picture took, in their order.</summary>
    public IReadOnlyList<SessionStep> Timeline { get; init; } = [];

    /// <summary>Applications of this session.</summary>
    public IReadOnlyList<SessionApp> Apps { get; init; } = [];

    /// <summary>Its writable volume, or null.</summary>
    public string? Volume { get; init; }

    /// <summary>Why it has no writable volume although its pool gives one, or null.</summary>
    public Fault? VolumeFault { get; init; }

    /// <summary>Its persona, or null where its pool keeps none.</summary>
    public SessionPersona? Persona { get; init; }

    /// <summary>What the house gives it beside settings, or null where there was nothing to give.</summary>
    public SessionEnvironment? Environment { get; init; }
}

/// <summary>What a display is opened with.</summary>
public enum SessionClient
{
    /// <summary>Mayfly's own page.</summary>
    Browser,
    /// <summary>A VNC viewer such as remote-viewer.</summary>
    Viewer,
}

/// <summary>A step of a logon.</summary>
/// <param name="Name">"entitlement", "machine", "apps", "volume", "persona", "display" or "first frame".</param>
/// <param name="Seconds">How long it took.</param>
public sealed record SessionStep(string Name, double Seconds);

/// <summary>A message to the user of a session, or a warning that it will be logged off.</summary>
/// <param name="Message">What the user reads.</param>
/// <param name="LogOffAt">When it will be logged off, or null for a mere message.</param>
public sealed record SessionNotice(string Message, DateTimeOffset? LogOffAt)
{
    /// <summary>Names a message, so that its user can put it away; null for a warning that stays.</summary>
    public string? Id { get; init; }

    /// <summary>Who sent it, or null for Mayfly itself.</summary>
    public string? From { get; init; }
}

/// <summary>Sends a message to the user of a session.</summary>
/// <param name="Message">1 to 500 characters.</param>
public sealed record SendMessageRequest(string Message);

/// <summary>A person as the help desk sees them.</summary>
/// <param name="User">Who.</param>
/// <param name="Desktops">Pools they may use, and why.</param>
/// <param name="Sessions">Open sessions, then the last ended ones.</param>
/// <param name="Machines">Machines lent to them or theirs.</param>
/// <param name="SignIns">Where they are signed in.</param>
/// <param name="Problems">The latest warnings and errors about them and their machines.</param>
public sealed record PersonView(
    UserView User, IReadOnlyList<PersonDesktop> Desktops, IReadOnlyList<SessionView> Sessions, IReadOnlyList<MachineView> Machines,
    IReadOnlyList<SignInView> SignIns, IReadOnlyList<EventView> Problems);

/// <summary>A pool a person may use.</summary>
/// <param name="Pool">Pool name.</param>
/// <param name="DisplayName">What the card says.</param>
/// <param name="Group">Group they may use it by, or null when entitled themselves.</param>
public sealed record PersonDesktop(string Pool, string DisplayName, string? Group);
