using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>One change of the volume within an attach: takes the old one out unless somebody uses it, and brings the new one in.</summary>
internal sealed class VolumeChange(Trees trees, Volume volume, IReadOnlyList<string> packages, List<DiskInUse> kept, List<UnusableDisk> unusable)
{
    /// <summary>Makes it.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="disk">Its disk.</param>
    /// <returns>Trees whose writes go to the volume from now on.</returns>
    internal string[] Make(VolumeDisk? wanted, Disk? disk)
    {
        if (Volume.MountedDevice is { } mounted && mounted != disk?.Device)
        {
            if (Disk.SerialOf(mounted) is { } serial && UsedFiles.Read().OfVolume(mounted).FirstOrDefault() is { } use)
                return Keep(serial, use.Program, wanted);
            TakeOut(mounted);
        }
        return wanted is null ? [] : BringIn(wanted, disk!);
    }

    /// <summary>Takes a volume out, used or not.</summary>
    /// <param name="device">Its numbers.</param>
    internal void TakeOut(string device)
    {
        volume.HideHome();
        trees.Merge(packages, []);
        Volume.Remove(device);
    }

    private string[] Keep(string serial, string program, VolumeDisk? wanted)
    {
        kept.Add(new DiskInUse(serial, program));
        if (wanted is not null)
            unusable.Add(new UnusableDisk(wanted.Serial, $"{program} still uses the volume that is attached"));
        return Trees.OnVolume();
    }

    private string[] BringIn(VolumeDisk wanted, Disk disk)
    {
        string[] onVolume = [.. wanted.Apps ? ["/usr", "/opt"] : Array.Empty<string>(), .. wanted.Settings ? ["/etc"] : Array.Empty<string>()];
        try
        {
            if (Volume.MountedDevice is null)
                Volume.Mount(disk);
            trees.Merge(packages, onVolume);
            if (wanted.Profile)
                volume.ShowHome();
            else
                volume.HideHome();
            return onVolume;
        }
        catch (Exception problem) when (problem is SystemCallException or IOException)
        {
            unusable.Add(new UnusableDisk(wanted.Serial, problem.Message));
            if (Volume.MountedDevice is { } device)
                TakeOut(device);
            return [];
        }
    }
}
