using System.Threading.Channels;

namespace Mayfly.Control.Sessions;

/// <summary>Sessions that may have applications to be attached on demand. Takes from those who attach, gives to <see cref="DemandWatch"/>.</summary>
public sealed class DemandQueue
{
    private readonly Channel<string> _sessions = Channel.CreateUnbounded<string>();

    /// <summary>A session is as it shall be, and its launchers can be shown.</summary>
    internal void Tell(string sessionId) => _sessions.Writer.TryWrite(sessionId);

    /// <summary>The sessions told, as they come.</summary>
    internal IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken) => _sessions.Reader.ReadAllAsync(cancellationToken);
}
