using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Volumes;

namespace Mayfly.Engine.Attaching;

/// <summary>A disk to plug into a machine, or one that is. Its device id in QEMU says all there is to know of it, also to the next mayflyd.</summary>
/// <param name="Device">Id of the device in QEMU.</param>
/// <param name="Serial">Serial number the guest knows it by.</param>
/// <param name="Path">The file; empty when it was found plugged.</param>
internal sealed record AttachedDisk(string Device, string Serial, string Path)
{
    private const string PackagePrefix = "package-";
    private const string VolumePrefix = "volume-";
    private const string CapturePrefix = "capture-";
    private const string PersonaPrefix = "persona-";
    private const string PersonaOutput = PersonaPrefix + "output-";
    private const string Output = CapturePrefix + "output";
    private const string Input = CapturePrefix + "input";
    private const int NodeNameLength = 24;

    /// <summary>Id of the package on it, or null.</summary>
    public string? Package => Device.StartsWith(PackagePrefix, StringComparison.Ordinal) ? Serial : null;

    /// <summary>The volume on it, or null.</summary>
    public VolumeAttachment? Volume => Device.Split('-') is ["volume", var kind, var id] && Enum.TryParse<VolumeKind>(kind, ignoreCase: true, out var known)
        ? new VolumeAttachment(id, known)
        : null;

    /// <summary>True for one that belongs to a capture.</summary>
    public bool IsCapture => Device.StartsWith(CapturePrefix, StringComparison.Ordinal);

    /// <summary>True for one on which a persona comes or goes.</summary>
    public bool IsPersona => Device.StartsWith(PersonaPrefix, StringComparison.Ordinal);

    /// <summary>True for files a capture reads.</summary>
    public bool IsInput => Device == Input;

    /// <summary>True when the guest mounts it to write to it.</summary>
    public bool IsWritable => Volume is not null || (IsCapture && Device is not (Output or Input));

    /// <summary>Name of its block node, which QEMU wants short.</summary>
    public string Node => "attach-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Device)))[..NodeNameLength];

    /// <summary>True when QEMU may write to the file.</summary>
    public bool OpenForWriting => IsWritable || Device == Output || Device.StartsWith(PersonaOutput, StringComparison.Ordinal);

    /// <summary>The disk of a package.</summary>
    public static AttachedDisk OfPackage(DataDirectory data, string id) =>
        new(PackagePrefix + id, id, PackageStore.FileIn(System.IO.Path.Combine(data.Packages, id)));

    /// <summary>The disk of a volume.</summary>
    public static AttachedDisk OfVolume(DataDirectory data, VolumeAttachment volume) =>
        new($"{VolumePrefix}{volume.Kind.ToString().ToLowerInvariant()}-{volume.VolumeId}", volume.VolumeId, VolumeStore.FileIn(System.IO.Path.Combine(data.Volumes, volume.VolumeId)));

    /// <summary>The disks of a capture, its base package left out.</summary>
    public static IEnumerable<AttachedDisk> OfCapture(CaptureDisks disks)
    {
        yield return new AttachedDisk(CapturePrefix + "volume", "capture", disks.VolumePath);
        if (disks.InputPath is { } input)
            yield return new AttachedDisk(Input, "input", input);
        if (disks.OutputPath is { } output)
            yield return new AttachedDisk(Output, "output", output);
    }

    /// <summary>A disk on which a persona comes or goes. The serial number is never the same twice: the guest may not have seen the last one go yet.</summary>
    /// <param name="serial">1 to 12 of a-z and 0-9.</param>
    /// <param name="path">A raw file.</param>
    /// <param name="output">True when the guest writes to it.</param>
    public static AttachedDisk OfPersona(string serial, string path, bool output) => new((output ? PersonaOutput : PersonaPrefix + "input-") + serial, serial, path);

    /// <summary>What a device of QEMU is, or null when it is none of ours.</summary>
    public static AttachedDisk? Of(string device) => device.Split('-') switch
    {
        ["package", var id] => new AttachedDisk(device, id, ""),
        ["volume", _, var id] => new AttachedDisk(device, id, ""),
        ["persona", _, var serial] => new AttachedDisk(device, serial, ""),
        ["capture", "volume"] => new AttachedDisk(device, "capture", ""),
        ["capture", var part] => new AttachedDisk(device, part, ""),
        _ => null,
    };

    /// <summary>
    /// Its node on a descriptor that QEMU was given. A package is read through the host's page cache, which all machines share, and is
    /// written by nobody. The flushes of a volume reach the disk, and its lock keeps every other QEMU away.
    /// </summary>
    public JsonObject ToNode(long set)
    {
        var file = new JsonObject
        {
            ["driver"] = "file",
            ["filename"] = $"/dev/fdset/{set}",
            ["read-only"] = !OpenForWriting,
            ["locking"] = IsWritable ? "on" : "off",
            ["cache"] = new JsonObject { ["direct"] = false, ["no-flush"] = !IsWritable },
        };
        var node = new JsonObject { ["driver"] = IsWritable ? "qcow2" : "raw", ["node-name"] = Node, ["read-only"] = !OpenForWriting, ["file"] = file };
        if (IsWritable)
        {
            node["backing"] = null;
            node["discard"] = "unmap";
            file["discard"] = "unmap";
        }
        return node;
    }
}
