using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Watching;

/// <summary>Starts the watch of a machine.</summary>
internal sealed class MachineWatches(EngineOptions options, DataDirectory data, ILogger<MachineWatch> logger, TimeProvider time)
{
    /// <summary>Starts to watch a READY machine. Whoever owns the machine ends the watch before the machine.</summary>
    /// <param name="machine">Which.</param>
    /// <param name="tell">Gets the news, one at a time; must not wait.</param>
    public MachineWatch Start(Machine machine, Action<HostMachineNews> tell)
    {
        var qemu = new QemuPulse(machine.Hostname, machine.Qemu.Line, new Standstill(machine.Hostname, data, options, time), options, time);
        return new MachineWatch(machine, qemu, options, tell, logger, time);
    }
}
