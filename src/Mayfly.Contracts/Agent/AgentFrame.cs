using System.Text.Json;

namespace Mayfly.Contracts.Agent;

/// <summary>
/// One message on the agent channel. On the wire: a four-byte big-endian length, then that many bytes of UTF-8 JSON of this record.
/// The host asks, the guest answers with the same <see cref="Id"/>; the guest never speaks first.
/// </summary>
public sealed record AgentFrame
{
    /// <summary>Largest frame in bytes either side accepts, the length prefix not counted.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Chosen by the host, unique on one connection; an answer repeats it.</summary>
    public required long Id { get; init; }

    /// <summary>What is asked, one of <see cref="AgentVerbs"/>; repeated in the answer.</summary>
    public required string Verb { get; init; }

    /// <summary>The request or result record of the verb.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>Set in an answer when the guest could not do what was asked.</summary>
    public string? Error { get; init; }
}
