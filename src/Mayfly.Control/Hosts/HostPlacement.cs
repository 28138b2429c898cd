using System.Collections.Concurrent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Settings;
using Mayfly.Engine;
using Mayfly.Remote.Calling;

namespace Mayfly.Control.Hosts;

/// <summary>
/// On which host a machine is made: of those that may take it, first those that have what it is made of, and of them the one with the largest or
/// the smallest part of its memory free. One where it does not fit refuses it.
/// </summary>
internal sealed class HostPlacement(HostFleet fleet, HostImages images, HostDuty duty, SettingsStore settings)
{
    // What a machine takes of its host's memory until that is heard of: else all of a burst would be made on one.
    private const double Unheard = 0.01;

    private readonly ConcurrentDictionary<string, (HostPulse Since, int Machines)> _placed = new();

    /// <summary>The hosts that may take a machine, the best first.</summary>
    /// <param name="request">What is to be made.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<PlacedHost>> RankAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        var ranked = new List<(PlacedHost Host, double Free)>();
        if ((fleet.OwnRuns && !duty.Rests(null)) || request.Home)
        {
            var usage = fleet.Remotes.Count == 0 ? null : await fleet.Own.MeasureAsync(cancellationToken);
            ranked.Add((new PlacedHost(null, fleet.Own), usage is { MemoryBytes: > 0 } ? (double)usage.AvailableBytes / usage.MemoryBytes : 0));
        }

        if (!request.Home)
            ranked.AddRange(fleet.Remotes.Where(TakesMachines).Select(remote => (new PlacedHost(remote.Name, remote.Machines), FreeOf(remote))));
        var packs = (await settings.ReadAsync(cancellationToken)).Placement == PlacementRule.Pack;
        return [.. ranked.OrderByDescending(entry => images.Has(entry.Host, request)).ThenByDescending(entry => packs ? -entry.Free : entry.Free)
            .ThenBy(entry => entry.Host.Name, StringComparer.Ordinal).Select(entry => entry.Host)];
    }

    /// <summary>The host that has joined, takes machines and has the largest part of its memory free; null without any.</summary>
    public RemoteHost? Emptiest() => fleet.Remotes.Where(TakesMachines).MaxBy(FreeOf);

    /// <summary>A machine is being made on a host.</summary>
    public void Place(PlacedHost host)
    {
        if (host.Name is { } name && fleet.Remote(name)?.Pulse is { } pulse)
            _placed.AddOrUpdate(name, (pulse, 1), (_, before) => ReferenceEquals(before.Since, pulse) ? (pulse, before.Machines + 1) : (pulse, 1));
    }

    private bool TakesMachines(RemoteHost remote) => remote is { Lost: null, Pulse: not null } && !duty.Rests(remote.Name);

    private double FreeOf(RemoteHost remote)
    {
        var pulse = remote.Pulse!;
        var placed = _placed.TryGetValue(remote.Name, out var since) && ReferenceEquals(since.Since, pulse) ? since.Machines : 0;
        return (double)pulse.AvailableBytes / Math.Max(1, pulse.MemoryBytes) - placed * Unheard;
    }
}

/// <summary>A host that may take a machine.</summary>
/// <param name="Name">Its name; null for the server's own.</param>
/// <param name="Machines">Its machines.</param>
internal sealed record PlacedHost(string? Name, IMachineHost Machines);
