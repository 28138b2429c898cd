using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Hosts;
using Mayfly.Engine;

namespace Mayfly.Control.Volumes;

/// <summary>Takes a volume from a machine that is to be destroyed, whole: what its user had open is written down first.</summary>
public sealed class VolumeRelease(IMachineHost host, VolumeLeases leases, EventLog events, TimeProvider time)
{
    // What programs get to write down what they hold, as at a shutdown.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // A guest that says nothing keeps no machine: its volume is then as after a loss of power.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Releases a machine's volume; does nothing for one without.</summary>
    internal async Task ReleaseAsync(string machineId)
    {
        if (host.Find(machineId) is not { } machine || HostFaults.IsLost(machine) || !await leases.HasAsync(machineId)) return;
        var released = await TryAsync(machineId);
        if (released.Fault is not { } fault) return;
        await events.RecordAsync(new HouseEvent(
            EventKinds.VolumePulled, $"The volume on '{machine.Hostname}' was pulled as if the power had failed. {fault}", Machine: machine.Hostname, Level: "warning"), CancellationToken.None);
    }

    private async Task<Outcome<Done>> TryAsync(string machineId)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        try
        {
            return await host.ReleaseAsync(machineId, Grace, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Fault(ErrorCode.AgentSilent, "The guest did not let go of it in time.");
        }
    }
}
