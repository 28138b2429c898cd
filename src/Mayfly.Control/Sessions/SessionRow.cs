using Mayfly.Contracts.Api;

namespace Mayfly.Control.Sessions;

/// <summary>
/// A user's use of a machine as stored. Two unique indexes carry the promises: a machine is lent once in its life, and a user has
/// one open session in a pool.
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
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How it ended: one of <see cref="SessionEnds"/>.</summary>
    public string? EndedBy { get; set; }

    public bool Connected { get; set; }

    internal SessionView ToView() => new(Id, Pool, Machine, User, StartedAt, Connected);
}
