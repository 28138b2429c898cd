using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;

namespace Mayfly.Control.Pushing;

/// <summary>How far the machines of a pool are with its version.</summary>
/// <param name="Replaced">Machines of the version they should be of, ready or in use.</param>
/// <param name="Remaining">Machines of another version that nobody uses, and machines on their way.</param>
/// <param name="Waiting">Machines of another version in use.</param>
internal readonly record struct PushCount(int Replaced, int Remaining, int Waiting)
{
    public static PushCount Of(PoolRow pool, IEnumerable<MachineTally> machines)
    {
        var (replaced, remaining, waiting) = (0, 0, 0);
        foreach (var machine in machines)
        {
            var right = machine.Version == machine.VersionWanted(pool);
            if (machine.InUse && !right) waiting += machine.Count;
            // One held back or in error is an administrator's to deal with; the push does not wait for it.
            else if (machine.State is MachineState.Maintenance or MachineState.Error or MachineState.ProvisioningError) continue;
            else if (right && MachineStates.IsMade(machine.State)) replaced += machine.Count;
            else if (!right) remaining += machine.Count;
        }

        return new PushCount(replaced, remaining, waiting);
    }
}
