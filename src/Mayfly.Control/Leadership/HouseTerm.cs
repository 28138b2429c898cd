using Mayfly.Contracts;

namespace Mayfly.Control.Leadership;

/// <summary>
/// The time during which this server runs the house. Of several servers over one database one has a term at any moment; it ends by itself
/// when its lease is not renewed in time, and is over for good then.
/// </summary>
public sealed class HouseTerm : IDisposable
{
    /// <summary>What is answered by a server whose term is over.</summary>
    public static readonly Fault Over = new(
        ErrorCode.NoActiveServer, "This server does not run the house any more.", "Another server has taken over, or is about to.", "Try again.");

    private readonly CancellationTokenSource _ended;
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private long _renewedAt;

    private HouseTerm(long epoch, string secret, long renewedAt, TimeSpan length, TimeProvider time)
    {
        (Epoch, Secret, _renewedAt, _length, _time) = (epoch, secret, renewedAt, length, time);
        _ended = new CancellationTokenSource(Left, time);
        Ended = _ended.Token;
    }

    /// <summary>Counts the terms of a house up; 1 where there is but one server.</summary>
    public long Epoch { get; }

    /// <summary>What servers that stand by show when they pass on a request; empty when there are none.</summary>
    public string Secret { get; }

    /// <summary>True when others stand by: each write makes sure that none of them has taken over.</summary>
    public bool IsShared => Secret.Length > 0;

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Why it is over, for people; null while it is not.</summary>
    public string? Reason { get; private set; }

    /// <summary>True while this server runs the house, by the clock: right too in the moment in which a process goes on that was stopped.</summary>
    public bool Holds => !Ended.IsCancellationRequested && (!IsShared || Left > TimeSpan.Zero);

    private TimeSpan Left => _length == Timeout.InfiniteTimeSpan ? _length : Later(_length - _time.GetElapsedTime(Volatile.Read(ref _renewedAt)));

    /// <summary>The term of a server that shares its database with no other: it never ends.</summary>
    public static HouseTerm Alone() => new(1, "", 0, Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>Ends it. What listens to <see cref="Ended"/> runs elsewhere.</summary>
    public void End(string reason)
    {
        if (Ended.IsCancellationRequested) return;
        Reason ??= reason;
        _ = _ended.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What still holds it finds it over.
        _ended.Cancel();
        _ended.Dispose();
    }

    /// <summary>A term that has begun with a request sent at a timestamp of the monotonic clock.</summary>
    public static HouseTerm Begin(long epoch, string secret, long sentAt, LeaseTimes times, TimeProvider time) => new(epoch, secret, sentAt, times.Usable, time);

    /// <summary>Notes that it was renewed by a request sent at a timestamp of the monotonic clock.</summary>
    internal void Renew(long sentAt)
    {
        Volatile.Write(ref _renewedAt, sentAt);
        _ended.CancelAfter(Left);
    }

    private static TimeSpan Later(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
