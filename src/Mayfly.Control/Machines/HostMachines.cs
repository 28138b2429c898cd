using Mayfly.Engine;

namespace Mayfly.Control.Machines;

/// <summary>Looks a machine up on its host.</summary>
internal static class HostMachines
{
    /// <summary>The machine as the host has it now, or null.</summary>
    public static HostMachine? Find(this IMachineHost host, string machineId) => host.Machines.FirstOrDefault(machine => machine.MachineId == machineId);
}
