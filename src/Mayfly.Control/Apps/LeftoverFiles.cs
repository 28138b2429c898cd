using Mayfly.Control.Personas;
using Mayfly.Control.Volumes;
using Mayfly.Engine;

namespace Mayfly.Control.Apps;

/// <summary>Files of packages, volumes and personas that whoever made them could not write down any more.</summary>
public sealed class LeftoverFiles(PackageBook packages, VolumeLeases leases, IVolumeLibrary library, PersonaHistory personas)
{
    /// <summary>Removes them: once, before anything makes new ones.</summary>
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await packages.SweepAsync(cancellationToken);
        await leases.ForgetUnmadeAsync(library, cancellationToken);
        await personas.SweepAsync(cancellationToken);
    }
}
