using System.Collections.Concurrent;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Which hosts are in maintenance, where nothing new is made or lent, and which are lost. By name; the server's own is <see cref="HostRow.Own"/>.
/// A house of one host has neither.
/// </summary>
public sealed class HostDuty
{
    private readonly ConcurrentDictionary<string, byte> _resting = new();
    private readonly ConcurrentDictionary<string, byte> _lost = new();

    /// <summary>Hosts that make machines now, at least one: as many times more can be made at once.</summary>
    public int Makers { get; internal set; } = 1;

    /// <summary>True for a host in maintenance.</summary>
    /// <param name="host">Name, or null for the server's own.</param>
    public bool Rests(string? host) => _resting.ContainsKey(host ?? HostRow.Own);

    /// <summary>True for a host that is lost.</summary>
    public bool IsLost(string host) => _lost.ContainsKey(host);

    /// <summary>A host is in maintenance, or is not any more.</summary>
    internal void Rest(string host, bool rests) => Set(_resting, host, rests);

    /// <summary>A host is lost, or is back; true when it was otherwise before.</summary>
    internal bool Lose(string host, bool lost) => Set(_lost, host, lost);

    private static bool Set(ConcurrentDictionary<string, byte> hosts, string host, bool among) => among ? hosts.TryAdd(host, default) : hosts.TryRemove(host, out _);
}
