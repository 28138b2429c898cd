using Mayfly.Contracts;
using Mayfly.Control.Signals;
using Mayfly.Engine;
using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Calling;

namespace Mayfly.Control.Hosts;

/// <summary>Ships packages to the hosts whose machines are to have them, where they stay as long as the house has them.</summary>
internal sealed class PackageCarrier(IPackageLibrary packages, IHostFiles files, ICargoSender sender, BackgroundJobs jobs)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Host, string Id), Task<Fault?>> _underWay = [];

    /// <summary>Brings what a host does not have. What could not be brought, the host will tell of as missing.</summary>
    /// <returns>Why packages could not be brought, by their id.</returns>
    public async Task<Dictionary<string, Fault>> BringAsync(RemoteHost remote, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, Fault>();
        if (wanted.Count == 0 || !(await remote.Files.ListAsync(HostFileKind.Package, cancellationToken)).TryGet(out var there, out _)) return faults;
        foreach (var id in wanted.Except(there))
        {
            if (await ShipAsync(remote, id).WaitAsync(cancellationToken) is { } fault) faults[id] = fault;
        }

        return faults;
    }

    /// <summary>Removes from a host what the house has no more, unless a machine still has it.</summary>
    public async Task TidyAsync(RemoteHost remote, CancellationToken cancellationToken)
    {
        if (!(await remote.Files.ListAsync(HostFileKind.Package, cancellationToken)).TryGet(out var there, out _)) return;
        foreach (var id in there.Except(packages.List().Select(package => package.Id))) _ = await remote.Files.RemoveAsync(files, HostFileKind.Package, id, cancellationToken);
    }

    /// <summary>One shipment of each at a time for each host; whoever else asks joins it.</summary>
    private Task<Fault?> ShipAsync(RemoteHost remote, string id)
    {
        lock (_lock)
        {
            if (_underWay.GetValueOrDefault((remote.Name, id)) is { IsCompleted: false } shipping) return shipping;
            return _underWay[(remote.Name, id)] = jobs.Start($"shipping the package {id} to {remote.Name}", async stopping =>
                (await Shipment.RunAsync(sender, remote.Shipping, Cargo.Package(id), ShippingPurpose.Keep, null, stopping)).Fault);
        }
    }
}
