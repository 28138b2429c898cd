using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Control.Pushing;

namespace Mayfly.Control.Pools;

/// <summary>Makes what is seen of a pool from outside.</summary>
internal static class PoolViews
{
    public static PoolView Of(PoolRow pool, List<MachineTally> machines, PushRow? push, Contracts.Fault? problem, DateTimeOffset now)
    {
        var view = new PoolView
        {
            Name = pool.Name,
            Image = pool.Image,
            Version = pool.Version,
            Assignment = pool.Assignment,
            Provisioning = pool.Provisioning,
            NamePattern = pool.NamePattern,
            DisplayName = pool.DisplayName,
            SpareNow = SpareLevels.At(pool.Settings, now).Spare,
            Available = machines.Where(m => m is { State: MachineState.Available, Owned: false }).Sum(m => m.Count),
            InUse = machines.Where(m => m.InUse).Sum(m => m.Count),
            Total = machines.Sum(m => m.Count),
            KeptVersions = pool.KeptVersions,
            Push = push?.ToView(PushReader.CountOf(push, pool, machines)),
            Canary = CanaryOf(pool, machines),
            Deleting = pool.Deleting,
            Problem = pool.MakesMachines || pool.Deleting ? problem : PoolFaults.Stopped(pool),
        };
        return WithSettings(view, pool.Settings);
    }

    private static PoolView WithSettings(PoolView view, PoolSettings settings) => view with
    {
        Sizing = settings.Sizing,
        Maximum = settings.Maximum,
        Minimum = settings.Minimum,
        Spare = settings.Spare,
        Schedule = settings.Schedule,
        Refresh = settings.Refresh,
        RefreshDays = settings.RefreshDays,
        RefreshDiskMib = settings.RefreshDiskMib,
        PostSync = settings.PostSync,
        PostSyncTimeoutSeconds = settings.PostSyncTimeoutSeconds,
        PowerOff = settings.PowerOff,
        PowerOffTimeoutSeconds = settings.PowerOffTimeoutSeconds,
        ProvisioningEnabled = settings.ProvisioningEnabled,
        StopOnError = settings.StopOnError,
        Attempts = settings.Attempts,
        ErrorThresholdPercent = settings.ErrorThresholdPercent,
        KeepVersions = settings.KeepVersions,
        StartOnConnect = settings.StartOnConnect,
        DisconnectIdleMinutes = settings.DisconnectIdleMinutes,
        LogOffDisconnectedMinutes = settings.LogOffDisconnectedMinutes,
        Hours = settings.Hours,
        UsersMayReset = settings.UsersMayReset,
        Clipboard = settings.Clipboard,
        Volume = settings.Volume,
        VolumeMib = settings.VolumeMib,
        VolumeSnapshots = settings.VolumeSnapshots,
        Persona = settings.Persona,
        OnAttachFailure = settings.OnAttachFailure,
    };

    private static CanaryView? CanaryOf(PoolRow pool, List<MachineTally> machines) => pool.CanaryVersion is not { } version
        ? null
        : new CanaryView(version, pool.CanaryMachines, machines.Count(m => m.Canary is { } name && pool.CanaryMachines.Contains(name) && m.Version == version && MachineStates.IsMade(m.State)));
}
