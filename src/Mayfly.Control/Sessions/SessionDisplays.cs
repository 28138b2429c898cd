namespace Mayfly.Control.Sessions;

/// <summary>
/// The displays of sessions: which are open, since when none is, when each was last used. Known in memory and counted by the monotonic
/// clock, so that neither a full database nor a wall clock that jumps closes a display or ends a session.
/// </summary>
public sealed class SessionDisplays(TimeProvider time)
{
    /// <summary>How long a user who has just opened a desktop, or was cut off by a restart of mayflyd, is taken as being on the way to its display.</summary>
    internal static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Track> _tracks = [];
    private readonly long _begun = time.GetTimestamp();

    /// <summary>Begins a display. Hold first and check the session second: a session whose display is being opened is not ended for having none.</summary>
    /// <param name="sessionId">Session, or null for an administrator's look at a machine.</param>
    /// <param name="origin">Where it is opened from.</param>
    /// <param name="ended">Ends it too.</param>
    public SessionLease Hold(string? sessionId, DisplayOrigin origin, CancellationToken ended)
    {
        var lease = new SessionLease(this, sessionId, origin, time.GetTimestamp(), ended);
        if (sessionId is null) return lease;
        lock (_lock) TrackOf(sessionId).Leases.Add(lease);
        return lease;
    }

    /// <summary>Counts a display that was opened or closed.</summary>
    internal void Count(string sessionId, bool opened, SessionLease? lease)
    {
        lock (_lock)
        {
            var (track, now) = (TrackOf(sessionId), time.GetTimestamp());
            track.Open += opened ? 1 : -1;
            (track.OpenedAt, track.Seen, track.ExpectedAt) = (opened ? now : track.OpenedAt, null, null);
            if (opened && lease is not null) lease.Counted = true;
            track.ClosedAt = track.Open == 0 ? now : null;
        }
    }

    /// <summary>True while at least one display is open.</summary>
    internal bool IsOpen(string sessionId)
    {
        lock (_lock) return _tracks.GetValueOrDefault(sessionId)?.Open > 0;
    }

    /// <summary>True while at least one display is open or being opened.</summary>
    internal bool IsUsed(string sessionId)
    {
        lock (_lock) return _tracks.GetValueOrDefault(sessionId) is { } track && (track.Open > 0 || track.Leases.Any(lease => !lease.Counted));
    }

    /// <summary>How long no key was pressed and no pointer moved on any open display; null when there is none.</summary>
    internal TimeSpan? IdleOf(string sessionId)
    {
        lock (_lock)
        {
            return _tracks.GetValueOrDefault(sessionId) is { Open: > 0, Leases.Count: > 0 } track ? time.GetElapsedTime(track.Leases.Max(lease => lease.InputAt)) : null;
        }
    }

    /// <summary>How long the display opened last has been open, or null when none is.</summary>
    internal TimeSpan? ShownFor(string sessionId)
    {
        lock (_lock) return _tracks.GetValueOrDefault(sessionId) is { Open: > 0 } track ? time.GetElapsedTime(track.OpenedAt) : null;
    }

    /// <summary>How long a session has been without a display. What this mayflyd has not seen itself is taken from the wall clock, once.</summary>
    internal TimeSpan UnusedFor(string sessionId, TimeSpan byWallClock)
    {
        lock (_lock)
        {
            var track = TrackOf(sessionId);
            if (track.ClosedAt is { } closed) return time.GetElapsedTime(closed);
            var (seen, elapsed) = track.Seen ??= (time.GetTimestamp(), byWallClock < TimeSpan.Zero ? TimeSpan.Zero : byWallClock);
            return elapsed + time.GetElapsedTime(seen);
        }
    }

    /// <summary>Notes that a user has opened a desktop and is on the way to its display.</summary>
    internal void Expect(string sessionId)
    {
        lock (_lock) TrackOf(sessionId).ExpectedAt = time.GetTimestamp();
    }

    /// <summary>How long a user is still taken as being on the way; not above zero when they are not.</summary>
    internal TimeSpan ExpectedFor(string sessionId)
    {
        lock (_lock)
        {
            var track = _tracks.GetValueOrDefault(sessionId);
            // One that has closed its display since this mayflyd began was not cut off by its start.
            var since = track?.ExpectedAt ?? (track?.ClosedAt is null ? _begun : null);
            return since is { } from ? OnTheWay - time.GetElapsedTime(from) : TimeSpan.Zero;
        }
    }

    /// <summary>Closes all displays of a session, which goes on. False when there was none.</summary>
    /// <param name="sessionId">Session.</param>
    /// <param name="reason">What its user reads; at most 123 bytes.</param>
    internal bool Close(string sessionId, string reason)
    {
        SessionLease[] leases;
        lock (_lock) leases = [.. _tracks.GetValueOrDefault(sessionId)?.Leases ?? []];
        foreach (var lease in leases) lease.Close(reason);
        return leases.Length > 0;
    }

    /// <summary>Forgets sessions that have ended.</summary>
    /// <param name="open">Those that have not. One that began after they were read has a display or a user on the way.</param>
    internal void Keep(IReadOnlySet<string> open)
    {
        lock (_lock)
        {
            foreach (var (id, track) in _tracks.Where(pair => !open.Contains(pair.Key)).ToList())
            {
                if (track is { Open: 0, Leases.Count: 0 } && (track.ExpectedAt is not { } at || time.GetElapsedTime(at) > OnTheWay)) _tracks.Remove(id);
            }
        }
    }

    internal void Release(SessionLease lease)
    {
        if (lease.SessionId is null) return;
        lock (_lock) _tracks.GetValueOrDefault(lease.SessionId)?.Leases.Remove(lease);
    }

    private Track TrackOf(string sessionId)
    {
        if (!_tracks.TryGetValue(sessionId, out var track)) _tracks[sessionId] = track = new Track();
        return track;
    }

    private sealed class Track
    {
        public int Open { get; set; }

        public long OpenedAt { get; set; }

        public long? ClosedAt { get; set; }

        public long? ExpectedAt { get; set; }

        public (long At, TimeSpan Elapsed)? Seen { get; set; }

        public HashSet<SessionLease> Leases { get; } = [];
    }
}
