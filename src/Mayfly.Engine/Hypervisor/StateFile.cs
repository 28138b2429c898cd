using Mayfly.Qmp;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Saving a guest's device state.</summary>
internal static class StateFile
{
    /// <summary>Writes the device state, without shared guest memory, into a new file. The guest stands still from then on.</summary>
    /// <exception cref="QmpException">QEMU could not.</exception>
    public static async Task SaveStateAsync(this QmpClient qmp, string path, CancellationToken cancellationToken)
    {
        using (var state = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            await qmp.PrepareMigrationAsync(cancellationToken);
            await qmp.GetDescriptorAsync(QemuNames.StateDescriptor, state, cancellationToken);
            await qmp.MigrateAsync(QemuNames.StateDescriptor, cancellationToken);
        }

        await BlankVideoMemory.RemoveFromAsync(path, cancellationToken);
    }
}
