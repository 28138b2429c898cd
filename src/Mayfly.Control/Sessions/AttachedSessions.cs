using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Mayfly.Control.Sessions;

/// <summary>Tells of sessions that have what they shall have: what comes on demand can be waited for from then on. Takes from those who attach, gives to each <see cref="SessionWatcher"/>.</summary>
public sealed class AttachedSessions
{
    private readonly ConcurrentQueue<Channel<string>> _readers = new();

    /// <summary>A session is as it shall be now.</summary>
    internal void Tell(string sessionId)
    {
        foreach (var reader in _readers) reader.Writer.TryWrite(sessionId);
    }

    /// <summary>The sessions that are told from now on, as they come.</summary>
    internal ChannelReader<string> Listen()
    {
        var channel = Channel.CreateUnbounded<string>();
        _readers.Enqueue(channel);
        return channel.Reader;
    }
}
