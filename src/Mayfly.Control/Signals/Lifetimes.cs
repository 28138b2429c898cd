namespace Mayfly.Control.Signals;

/// <summary>
/// Ties open connections to the thing they serve: a machine lent to a session, a sign-in, or a user. When that ends, every lease on it
/// is cancelled. Hold a lease first and check the thing second, so that an end in between is not missed.
/// </summary>
public sealed class Lifetimes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Lease>> _leases = [];

    /// <summary>Key of a machine.</summary>
    public static string Machine(string machineId) => "machine:" + machineId;

    /// <summary>Key of a sign-in.</summary>
    public static string SignIn(string signInId) => "sign-in:" + signInId;

    /// <summary>Key of a user, for what was opened without a sign-in.</summary>
    public static string User(string user) => "user:" + user;

    /// <summary>A lease that is cancelled when <paramref name="key"/> ends or <paramref name="cancellationToken"/> is cancelled.</summary>
    public Lease Hold(string key, CancellationToken cancellationToken)
    {
        var lease = new Lease(this, key, cancellationToken);
        lock (_lock)
        {
            if (!_leases.TryGetValue(key, out var held)) _leases[key] = held = [];
            held.Add(lease);
        }

        return lease;
    }

    /// <summary>Cancels all leases on a key.</summary>
    public void End(string key)
    {
        Lease[] ended;
        lock (_lock) ended = _leases.Remove(key, out var held) ? [.. held] : [];
        foreach (var lease in ended) lease.Cancel();
    }

    private void Release(Lease lease)
    {
        lock (_lock)
        {
            if (!_leases.TryGetValue(lease.Key, out var held)) return;
            held.Remove(lease);
            if (held.Count == 0) _leases.Remove(lease.Key);
        }
    }

    /// <summary>One holder's view of a lifetime.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly Lifetimes _owner;
        private readonly CancellationTokenSource _source;
        private readonly Lock _lock = new();
        private bool _disposed;

        internal Lease(Lifetimes owner, string key, CancellationToken cancellationToken)
        {
            _owner = owner;
            Key = key;
            _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Token = _source.Token;
        }

        internal string Key { get; }

        /// <summary>Cancelled at the end of the lifetime.</summary>
        public CancellationToken Token { get; }

        internal void Cancel()
        {
            lock (_lock)
            {
                if (_disposed) return;
            }

            // Callbacks run off this thread: whoever ends a lifetime does not wait for connections to close.
            _ = _source.CancelAsync();
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
}
