using System.Globalization;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// What one QEMU process has on disk: a directory (0700) with its sockets (0600), overlay, record and log. All of it belongs to mayflyd:
/// QEMU gets open descriptors, so a guest that breaks out of QEMU finds nothing here it could touch or swap.
/// </summary>
/// <param name="Path">Absolute path.</param>
internal sealed record MachineDirectory(string Path)
{
    private const int KeyLength = 12;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>QMP socket.</summary>
    public string ControlSocket => System.IO.Path.Combine(Path, "qmp.sock");

    /// <summary>Socket of the guest agent's channel.</summary>
    public string AgentSocket => System.IO.Path.Combine(Path, "agent.sock");

    /// <summary>The machine's own disk writes.</summary>
    public string Overlay => Disk("qcow2");

    /// <summary>Who this is, for the next mayflyd.</summary>
    public string Record => System.IO.Path.Combine(Path, "machine.json");

    /// <summary>Empty; says that a user's disk lies here, whatever has become of the record.</summary>
    public string KeptMark => System.IO.Path.Combine(Path, "kept");

    /// <summary>What QEMU prints. Open while this directory is in use; <see cref="Remove"/> closes it.</summary>
    public QemuLog Log { get; } = new(System.IO.Path.Combine(Path, "qemu.pipe"), System.IO.Path.Combine(Path, "qemu.log"));

    /// <summary>What every process that belongs to this directory has at the start of its -name.</summary>
    public string ProcessName => ProcessNameOf(System.IO.Path.GetFileName(Path));

    /// <summary>Makes the directory of a process. Its name is the start of the process's UUID: short, since socket names have at most 107 bytes.</summary>
    public static MachineDirectory Create(string parent, Guid uuid)
    {
        var directory = Of(parent, uuid);
        directory.Make();
        return directory;
    }

    /// <summary>Makes the directory itself.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public void Make() => Directory.CreateDirectory(Path, OwnerOnly);

    /// <summary>The directory of the process with a UUID.</summary>
    public static MachineDirectory Of(string parent, Guid uuid) => new(System.IO.Path.Combine(parent, uuid.ToString("N")[..KeyLength]));

    /// <summary>The file the machine began to write its disk to, "raw" or "qcow2".</summary>
    public string Disk(string format) => System.IO.Path.Combine(Path, $"disk.{format}");

    /// <summary>
    /// A layer over that file, a qcow2 file numbered from 1. Each publish of the running machine leaves one: what lies below it belongs to
    /// the image as well, and is never written again.
    /// </summary>
    public string DiskLayer(int number) => System.IO.Path.Combine(Path, $"disk.{number}.qcow2");

    /// <summary>Number of the topmost layer; 0 when there is none.</summary>
    public int TopLayer() => Directory.Exists(Path) ? Directory.EnumerateFiles(Path, "disk.*.qcow2").Select(NumberOf).DefaultIfEmpty().Max() : 0;

    /// <summary>Clears away what an ended process has left, so that another can start here. The disk stays.</summary>
    public void RemoveTraces()
    {
        Log.Remove();
        foreach (var left in (string[])[ControlSocket, AgentSocket])
            File.Delete(left);
    }

    private static int NumberOf(string path) =>
        int.TryParse(System.IO.Path.GetFileName(path).Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>-name of the process with a UUID, or with the start of one.</summary>
    public static string ProcessNameOf(string uuid) => $"mayfly-{uuid}";

    /// <summary>Removes it all; a directory already gone is fine.</summary>
    public void Remove()
    {
        Log.Dispose();
        if (!Directory.Exists(Path))
            return;
        // Half removed, it must be taken neither for a machine nor for a user's disk.
        File.Delete(KeptMark);
        File.Delete(Record);
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>The last lines of QEMU's log, for a fault's "why"; null when it said nothing.</summary>
    public string? LastWords()
    {
        const int Most = 2000;
        return Log.Tail(Most);
    }
}
