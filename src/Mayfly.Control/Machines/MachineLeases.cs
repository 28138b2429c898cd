using Mayfly.Control.Personas;
using Mayfly.Control.Storage;
using Mayfly.Control.Volumes;

namespace Mayfly.Control.Machines;

/// <summary>What a machine has of its user, and nobody else may have meanwhile: a volume and a persona.</summary>
public sealed class MachineLeases(HouseDatabase database, VolumeLeases volumes, PersonaLeases personas)
{
    /// <summary>Frees what a machine has, in the transaction that removes its row.</summary>
    internal async Task FreeAsync(MayflyDbContext context, string machineId)
    {
        await volumes.FreeAsync(context, machineId);
        await personas.FreeAsync(context, machineId);
    }

    /// <summary>Frees what machines have that the house does not know.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await volumes.SweepAsync(cancellationToken);
        await database.WriteAsync(async context =>
        {
            await personas.SweepAsync(context, cancellationToken);
            return 0;
        }, cancellationToken);
    }
}
