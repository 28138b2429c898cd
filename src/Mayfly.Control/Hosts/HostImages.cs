using Mayfly.Contracts;
using Mayfly.Engine;

namespace Mayfly.Control.Hosts;

/// <summary>Sees to it that a host has what a machine is made of.</summary>
internal sealed class HostImages
{
    /// <summary>Null once the host can make the machine, otherwise why not.</summary>
    public Task<Fault?> ReadyAsync(PlacedHost host, ProvisionRequest request, CancellationToken cancellationToken) => Task.FromResult<Fault?>(null);
}
