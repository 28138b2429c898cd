using System.Collections.Concurrent;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Which hosts are in maintenance, where nothing new is made or lent, and which are lost. By name; the server's own is <see cref="HostRow.Own"/>.
/// A house of one host has neither.
/// </summary>
public sealed class HostDuty
{
    private readonly ConcurrentDictionary<string, byte> _resting = new();
    private readonly ConcurrentDictionary<string, bool> _lost = new();

    /// <summary>Hosts that make machines now, at least one: as many times more can be made at once.</summary>
    public int Makers { get; internal set; } = 1;

    /// <summary>True for a host in maintenance.</summary>
    /// <param name="host">Name, or null for the server's own.</param>
    public bool Rests(string? host) => _resting.ContainsKey(host ?? HostRow.Own);

    /// <summary>True when a volume that is on a host is to be had elsewhere soon: the host is not lost, or must let go of it by itself.</summary>
    public bool LetsGo(string host) => !_lost.TryGetValue(host, out var shares) || shares;

    /// <summary>A host is in maintenance, or is not any more.</summary>
    internal void Rest(string host, bool rests)
    {
        if (rests) _resting[host] = default;
        else _resting.TryRemove(host, out _);
    }

    /// <summary>A host is lost; true when it was not before.</summary>
    /// <param name="host">Which.</param>
    /// <param name="sharesVolumes">True when others reach its volumes, and it lets go of them when it is cut off.</param>
    internal bool Lose(string host, bool sharesVolumes) => _lost.TryAdd(host, sharesVolumes);

    /// <summary>A host is back, or gone for good; true when it was lost.</summary>
    internal bool Find(string host) => _lost.TryRemove(host, out _);
}
