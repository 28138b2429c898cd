using Mayfly.Contracts;

namespace Mayfly.Engine.Volumes;

/// <summary>Who uses a volume of this host.</summary>
/// <param name="store">The volumes.</param>
/// <param name="machines">The machines of this host.</param>
internal sealed class VolumeUse(VolumeStore store, IMachineHost machines)
{
    /// <summary>Null when no machine has the volume and nobody works on it. Faults: VolumeInUse.</summary>
    public Fault? FaultOf(string volumeId)
    {
        if (machines.Machines.FirstOrDefault(machine => machine.Attached.Volume?.VolumeId == volumeId) is { } user)
            return new Fault(ErrorCode.VolumeInUse, $"The volume is attached to {user.Hostname}.", Remedy: "Try again when its user has logged off.");
        return store.Find(volumeId).TryGet(out var path, out _) && ImageLock.IsHeld(path)
            ? new Fault(ErrorCode.VolumeInUse, "The volume is in use.", "A program of this host has it open.", "Try again later.")
            : null;
    }
}
