namespace Mayfly.Control.Sessions;

/// <summary>
/// One display of a session, from before it is checked until it is closed. A display of no session, an administrator's look at a machine,
/// has one too, which nothing but the end of the machine cancels.
/// </summary>
public sealed class SessionLease : IDisposable
{
    private readonly SessionDisplays _owner;
    private readonly CancellationTokenSource _source;
    private readonly Lock _lock = new();
    private bool _disposed;
    private long _inputAt;
    private long _writtenAt;

    internal SessionLease(SessionDisplays owner, string? sessionId, DisplayOrigin origin, long now, CancellationToken ended)
    {
        _owner = owner;
        (SessionId, Origin, _inputAt) = (sessionId, origin, now);
        _source = CancellationTokenSource.CreateLinkedTokenSource(ended);
        Token = _source.Token;
    }

    /// <summary>Cancelled when the display is to be closed.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why it is closed although its session goes on, or null.</summary>
    public string? Reason { get; private set; }

    internal string? SessionId { get; }

    internal DisplayOrigin Origin { get; }

    /// <summary>True once it was counted as open, also after it was closed again.</summary>
    internal bool Counted { get; set; }

    /// <summary>When a key was last pressed or the pointer moved, or else when it was opened.</summary>
    internal long InputAt => Volatile.Read(ref _inputAt);

    /// <summary>Notes input. True when it is time to write it down, which nobody else is told then.</summary>
    internal bool Note(long now, long grain)
    {
        Volatile.Write(ref _inputAt, now);
        var before = Volatile.Read(ref _writtenAt);
        return (before == 0 || now - before >= grain) && Interlocked.CompareExchange(ref _writtenAt, now, before) == before;
    }

    internal void Close(string reason)
    {
        lock (_lock)
        {
            if (_disposed) return;
            Reason ??= reason;
            // Callbacks run off this thread: whoever closes a display does not wait for its connection.
            _ = _source.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owner.Release(this);
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _source.Dispose();
    }
}
