using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>The packages that are mounted, each on a folder of its own, whether merged or not.</summary>
internal static class PackageShelf
{
    private const uint Attributes = LibcMount.ReadOnlyMount | LibcMount.NoDevices | LibcMount.NoSetUserId;

    /// <summary>Serial numbers of those mounted now.</summary>
    internal static IReadOnlyList<string> Mounted()
    {
        var mounts = MountTable.Read();
        return [.. mounts.Below(AttachPaths.Packages).Select(point => point[(AttachPaths.Packages.Length + 1)..])];
    }

    /// <summary>Mounts a package, unless that very disk is mounted already. True when it was not.</summary>
    /// <exception cref="SystemCallException">The disk holds no squashfs that the kernel takes.</exception>
    internal static bool Mount(string serial, Disk disk)
    {
        var folder = AttachPaths.Package(serial);
        if (MountTable.Read().At(folder) is { } mounted)
        {
            if (mounted.Device == disk.Device)
                return false;
            // What was there before was pulled.
            LooseMount.Detach(folder);
        }
        MountOn(folder, disk);
        return true;
    }

    /// <summary>Mounts a disk of read-only files on a folder.</summary>
    internal static void MountOn(string folder, Disk disk)
    {
        Directory.CreateDirectory(folder);
        using var mount = LooseMount.Make("squashfs", [("source", disk.Node), ("ro", null)], Attributes);
        mount.Place(folder);
    }

    /// <summary>Takes a package away.</summary>
    internal static void Remove(string serial)
    {
        LooseMount.Detach(AttachPaths.Package(serial));
        Directory.Delete(AttachPaths.Package(serial));
    }

    /// <summary>Mounts all that can be.</summary>
    /// <param name="wanted">Which, in order.</param>
    /// <param name="disks">The disks there are.</param>
    /// <param name="unusable">Gets those that can not be.</param>
    /// <param name="changed">True when one was not mounted before.</param>
    /// <returns>Serial numbers of those that are, in order.</returns>
    internal static List<string> MountAll(
        IReadOnlyList<PackageDisk> wanted, IReadOnlyDictionary<string, Disk> disks, List<UnusableDisk> unusable, out bool changed)
    {
        var mounted = new List<string>(wanted.Count);
        changed = false;
        foreach (var (serial, disk) in wanted.Select(package => (package.Serial, disks[package.Serial])))
        {
            try
            {
                changed |= Mount(serial, disk);
                mounted.Add(serial);
            }
            catch (Exception problem) when (problem is SystemCallException or IOException)
            {
                unusable.Add(new UnusableDisk(serial, problem.Message));
            }
        }
        return mounted;
    }
}
