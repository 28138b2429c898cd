using Mayfly.Control.Personas;
using Mayfly.Control.Volumes;
using Mayfly.Engine;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Apps;

/// <summary>Once, when mayflyd starts: removes files of packages, volumes and personas that whoever made them could not write down any more.</summary>
internal sealed class LeftoverFiles(PackageBook packages, VolumeLeases leases, IVolumeLibrary library, PersonaHistory personas) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await packages.SweepAsync(cancellationToken);
        await leases.ForgetUnmadeAsync(library, cancellationToken);
        await personas.SweepAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
