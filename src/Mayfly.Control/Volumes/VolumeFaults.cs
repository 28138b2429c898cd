using Mayfly.Contracts;

namespace Mayfly.Control.Volumes;

/// <summary>What is answered for volumes, in one wording.</summary>
internal static class VolumeFaults
{
    public static Fault NoVolume { get; } = new(ErrorCode.NotFound, "There is no such volume.");

    /// <summary>For a logon while another machine has the volume.</summary>
    public static Fault InUse(VolumeRow volume) => new(
        ErrorCode.VolumeInUse, $"The volume of '{volume.User}' for {volume.Os} is in use in '{volume.Pool}', on the machine '{volume.Machine}'.",
        "A volume is with one machine at a time.", "Log off there first, or open this desktop without the volume.");

    /// <summary>For a logon or an administrator while something is done to the volume.</summary>
    public static Fault WorkedOn(VolumeRow volume, string what) => new(
        ErrorCode.VolumeInUse, $"The volume of '{volume.User}' for {volume.Os} is being worked on: {what}.", null, "Wait until that has finished, or open the desktop without the volume.");

    /// <summary>For a logon or an administrator while the volume is on a host that it has not come back from.</summary>
    public static Fault Away(VolumeRow volume) => new(
        ErrorCode.VolumeInUse, $"The volume of '{volume.User}' for {volume.Os} is still on the host '{volume.Host}'.", "What was written last is there.",
        "Wait until that host answers, or open this desktop without the volume.");

    public static Fault Disabled(VolumeRow volume) => new(
        ErrorCode.VolumeDisabled, $"The volume of '{volume.User}' for {volume.Os} is disabled.", "An administrator lets it be attached to no machine, or its user was removed.",
        "Ask an administrator to enable it, or open the desktop without the volume.");
}
