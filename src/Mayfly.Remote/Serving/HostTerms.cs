using System.Globalization;
using Mayfly.Engine.Disks;

namespace Mayfly.Remote.Serving;

/// <summary>
/// Which term of its house a host has last heard of. A server of an older one has been followed by another and does not know it yet: nothing it
/// asks is done any more, and what is being done for it is given up. Kept in <c>host/term</c>, so that this holds over a restart too.
/// </summary>
internal sealed class HostTerms(string dataDirectory) : IDisposable
{
    private readonly string _file = Path.Combine(dataDirectory, "host", "term");
    private readonly Lock _lock = new();
    private CancellationTokenSource _current = new();
    private long? _term;

    /// <summary>The newest term heard of; 0 for none.</summary>
    public long Newest
    {
        get
        {
            lock (_lock) return _term ??= Read();
        }
    }

    /// <summary>A token that ends when a newer term is heard of, or null when one was heard of already.</summary>
    public CancellationToken? Enter(long term)
    {
        CancellationTokenSource over;
        lock (_lock)
        {
            _term ??= Read();
            if (term < _term) return null;
            if (term == _term) return _current.Token;
            DurableFile.WriteSecret(_file, term.ToString(CultureInfo.InvariantCulture));
            _term = term;
            (over, _current) = (_current, new CancellationTokenSource());
        }

        over.Cancel();
        return _current.Token;
    }

    /// <summary>It belongs to another house from now on.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            File.Delete(_file);
            _term = 0;
        }
    }

    public void Dispose() => _current.Dispose();

    private long Read() => File.Exists(_file) && long.TryParse(File.ReadAllText(_file), out var term) ? term : 0;
}
