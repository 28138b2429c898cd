using System.Collections.Concurrent;

namespace Mayfly.Control.Hosts;

/// <summary>Which hosts are in maintenance: nothing new is made or lent there. By name; the server's own is <see cref="HostRow.Own"/>.</summary>
public sealed class HostDuty
{
    private readonly ConcurrentDictionary<string, byte> _resting = new();

    /// <summary>True for a host in maintenance.</summary>
    /// <param name="host">Name, or null for the server's own.</param>
    public bool Rests(string? host) => _resting.ContainsKey(host ?? HostRow.Own);

    /// <summary>A host is in maintenance, or is not any more.</summary>
    internal void Set(string host, bool rests)
    {
        if (rests) _resting[host] = default;
        else _resting.TryRemove(host, out _);
    }
}
