using Mayfly.Control.Leadership;

namespace Mayfly.Server.Standby;

/// <summary>The active server, as one that stands by knows it.</summary>
internal sealed class Lead
{
    private readonly Lock _lock = new();
    private Leader? _current;

    /// <summary>It, or null while nobody is known to be.</summary>
    public Leader? Current
    {
        get
        {
            lock (_lock) return _current;
        }
    }

    /// <summary>Notes who it is. What was passed on to the one before is over.</summary>
    public void Follow(ActiveServer? active)
    {
        Leader? before;
        lock (_lock)
        {
            if (_current?.Server == active) return;
            before = _current;
            _current = active is null ? null : new Leader(active, new CancellationTokenSource());
        }

        // Not disposed: requests may still listen to it, and it has no timer.
        before?.End();
    }

    /// <summary>One active server.</summary>
    internal sealed class Leader(ActiveServer server, CancellationTokenSource over)
    {
        public ActiveServer Server => server;

        /// <summary>Cancelled when it is active no more.</summary>
        public CancellationToken Over => over.Token;

        public void End() => _ = over.CancelAsync();
    }
}
