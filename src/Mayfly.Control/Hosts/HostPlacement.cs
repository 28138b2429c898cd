using Mayfly.Engine;

namespace Mayfly.Control.Hosts;

/// <summary>On which host a machine is made: of those that may take it, first those that have what it is made of, and of them the one with the largest part of its memory free.</summary>
internal sealed class HostPlacement(HostFleet fleet, HostImages images, HostDuty duty)
{
    /// <summary>The hosts that may take a machine, the best first.</summary>
    /// <param name="request">What is to be made.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<PlacedHost>> RankAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        var ranked = new List<(PlacedHost Host, double Free)>();
        if (fleet.OwnRuns && !duty.Rests(null) || request.Home)
        {
            var usage = fleet.Remotes.Count == 0 ? null : await fleet.Own.MeasureAsync(cancellationToken);
            ranked.Add((new PlacedHost(null, fleet.Own), Free(usage?.AvailableBytes, usage?.MemoryBytes)));
        }

        if (!request.Home)
            ranked.AddRange(fleet.Remotes.Where(remote => remote.Lost is null && remote.Pulse is not null && !duty.Rests(remote.Name))
                .Select(remote => (new PlacedHost(remote.Name, remote.Machines), Free(remote.Pulse!.AvailableBytes, remote.Pulse.MemoryBytes))));
        return [.. ranked.OrderByDescending(entry => images.Has(entry.Host, request)).ThenByDescending(entry => entry.Free).ThenBy(entry => entry.Host.Name, StringComparer.Ordinal).Select(entry => entry.Host)];
    }

    private static double Free(long? available, long? memory) => memory is > 0 ? (double)(available ?? 0) / memory.Value : 0;
}

/// <summary>A host that may take a machine.</summary>
/// <param name="Name">Its name; null for the server's own.</param>
/// <param name="Machines">Its machines.</param>
internal sealed record PlacedHost(string? Name, IMachineHost Machines);
