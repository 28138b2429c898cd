using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Sessions;

/// <summary>
/// A user's use of a machine as stored. Two unique indexes carry the promises: a machine has one open session, and a user has one open
/// session in a pool. That no other user ever gets a machine that one has had is kept by the machine's own row.
/// </summary>
public sealed class SessionRow
{
    public required string Id { get; init; }

    public required string Pool { get; init; }

    public required string MachineId { get; init; }

    /// <summary>Machine name.</summary>
    public required string Machine { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while the session is open.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How it ended: one of <see cref="SessionEnds"/>.</summary>
    public string? EndedBy { get; private set; }

    public bool Connected { get; set; }

    /// <summary>When a display was last opened.</summary>
    public DateTimeOffset? ConnectedAt { get; set; }

    /// <summary>When the last display was closed.</summary>
    public DateTimeOffset? DisconnectedAt { get; set; }

    public DateTimeOffset? LastInputAt { get; set; }

    public string? ClientAddress { get; set; }

    public SessionClient? Client { get; set; }

    /// <summary>What each step from the click to the first picture took.</summary>
    public IReadOnlyList<SessionStep> Timeline { get; set; } = [];

    /// <summary>A message its user has not put away yet, or null.</summary>
    public SessionNotice? Message { get; set; }

    /// <summary>Applications of this session, in the order in which they win.</summary>
    public IReadOnlyList<SessionApp> Apps { get; set; } = [];

    /// <summary>Its writable volume, or null.</summary>
    public string? Volume { get; set; }

    /// <summary>Why the volume is not there although its pool gives one, or null.</summary>
    public Fault? VolumeFault { get; set; }

    /// <summary>Its persona, or null where its pool keeps none.</summary>
    public SessionPersona? Persona { get; set; }

    /// <summary>True from the logon until the persona has been saved, or there is nothing left to save it from.</summary>
    public bool PersonaOpen { get; set; }

    /// <summary>What the house gives it beside settings, or null where the house gave nothing to anybody at its logon.</summary>
    public SessionEnvironment? Environment { get; set; }

    /// <summary>True until applications and volume were attached once; a restart of mayflyd in the middle leaves it so.</summary>
    public bool Attaching { get; set; }

    /// <summary>Notes that a display was opened or closed.</summary>
    /// <param name="connected">True while one is open.</param>
    /// <param name="opened">The display that was just opened, or null.</param>
    /// <param name="seconds">What opening it took.</param>
    /// <param name="now">When.</param>
    internal void Display(bool connected, DisplayOrigin? opened, double seconds, DateTimeOffset now)
    {
        (Connected, DisconnectedAt) = (connected, connected ? null : now);
        if (opened is null) return;
        (ClientAddress, Client) = (opened.Address, opened.Client);
        AddStep(SessionSteps.Display, seconds);
    }

    /// <summary>Adds a step of the logon, the first time only.</summary>
    internal void AddStep(string name, double seconds)
    {
        if (Timeline.All(step => step.Name != name)) Timeline = [.. Timeline, SessionSteps.Of(name, seconds)];
    }

    /// <summary>Ends it.</summary>
    internal void End(string how, DateTimeOffset now)
    {
        if (Connected) DisconnectedAt = now;
        (EndedBy, EndedAt, Connected, Message) = (how, now, false, null);
    }

    internal SessionView ToView(SessionNotice? notice = null) => new(Id, Pool, Machine, User, StartedAt, Connected, notice ?? Message)
    {
        ConnectedAt = ConnectedAt,
        DisconnectedAt = DisconnectedAt,
        LastInputAt = LastInputAt,
        EndedAt = EndedAt,
        EndedBy = EndedBy,
        ClientAddress = ClientAddress,
        Client = Client,
        Timeline = Timeline,
        Apps = Apps,
        Volume = Volume,
        VolumeFault = VolumeFault,
        Persona = Persona,
        Environment = Environment,
    };
}
