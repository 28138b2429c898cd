using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.Control.Pushing;

/// <summary>A push of a pool to another image version, as stored. A unique index lets a pool have one that has not ended.</summary>
public sealed class PushRow
{
    public required string Id { get; init; }

    public required string Pool { get; init; }

    public required string Image { get; init; }

    public required string FromVersion { get; init; }

    public required string ToVersion { get; init; }

    public required PushState State { get; set; }

    public required InUseRule InUse { get; init; }

    public required int GraceSeconds { get; init; }

    /// <summary>What warned users read, or null for Mayfly's own sentence.</summary>
    public string? Warning { get; init; }

    public required DateTimeOffset StartAt { get; set; }

    /// <summary>When sessions on machines of another version end, known once it rolls.</summary>
    public DateTimeOffset? ForceAt { get; set; }

    public required int ErrorThresholdPercent { get; init; }

    /// <summary>Machines there were to replace when it began to roll.</summary>
    public int Total { get; set; }

    /// <summary>Machines of the new version that could not be made.</summary>
    public int Failed { get; set; }

    public string? OperationId { get; set; }

    public required string Actor { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>A <see cref="Contracts.Fault"/> as JSON.</summary>
    public string? Fault { get; private set; }

    internal ImageVersion Target => new(Image, ToVersion);

    /// <summary>True while machines are being replaced, or held in the middle of it.</summary>
    internal bool HasBegun => State is PushState.Rolling or PushState.Paused;

    /// <summary>True when so many machines of the new version could not be made that the push is to be paused.</summary>
    internal bool FailedTooOften => Failed > 0 && Failed * 100 >= ErrorThresholdPercent * Math.Max(1, Total);

    /// <summary>What a user whose session will be ended reads.</summary>
    internal SessionNotice? Notice => State == PushState.Rolling && ForceAt is { } at
        ? new SessionNotice(Warning ?? "Your desktop is being updated. Save your work and log off; you can log on again at once.", at)
        : null;

    internal void Hold(Fault? why) => (State, Fault) = (PushState.Paused, Write(why));

    internal void GoOn() => (State, Fault, Failed) = (PushState.Rolling, null, 0);

    internal void End(PushState how, DateTimeOffset now, Fault? why = null) => (State, FinishedAt, Fault) = (how, now, Write(why));

    internal PushView ToView(PushCount count) => new()
    {
        Id = Id,
        Pool = Pool,
        Image = Image,
        FromVersion = FromVersion,
        ToVersion = ToVersion,
        State = State,
        InUse = InUse,
        StartAt = StartAt,
        ForceAt = ForceAt,
        ErrorThresholdPercent = ErrorThresholdPercent,
        Replaced = count.Replaced,
        Remaining = count.Remaining,
        Waiting = count.Waiting,
        Failed = Failed,
        OperationId = OperationId,
        Actor = Actor,
        AskedAt = AskedAt,
        FinishedAt = FinishedAt,
        Fault = Fault is null ? null : JsonSerializer.Deserialize<Fault>(Fault),
    };

    private static string? Write(Fault? fault) => fault is null ? null : JsonSerializer.Serialize(fault);
}
