using Mayfly.Control.Volumes;
using Mayfly.Engine;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Apps;

/// <summary>Once, when mayflyd starts: removes files of packages and volumes that whoever made them could not write down any more.</summary>
internal sealed class LeftoverFiles(PackageBook packages, VolumeLeases leases, IVolumeLibrary library) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await packages.SweepAsync(cancellationToken);
        await leases.ForgetUnmadeAsync(library, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
