using System.Text;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Attaching;

/// <summary>A disk that was plugged in.</summary>
/// <param name="Name">Name of its device, such as "sda".</param>
internal sealed record Disk(string Name)
{
    private const int PageHeaderBytes = 4;
    private const int SectorBytes = 512;

    /// <summary>Its device node.</summary>
    internal string Node => $"/dev/{Name}";

    /// <summary>Its major and minor number, as in the table of mounts.</summary>
    internal string Device => File.ReadAllText($"/sys/block/{Name}/dev").Trim();

    /// <summary>Its size in bytes.</summary>
    internal long Bytes => long.Parse(File.ReadAllText($"/sys/block/{Name}/size"), System.Globalization.CultureInfo.InvariantCulture) * SectorBytes;

    /// <summary>True once the kernel is ready to read from it.</summary>
    internal bool CanBeOpened()
    {
        var descriptor = Libc.Open(Node, Constants.ReadOnly | Constants.NonBlocking | Constants.CloseOnExec, 0);
        if (descriptor < 0)
            return false;
        _ = Libc.Close(descriptor);
        return true;
    }

    /// <summary>The disks of now by serial number.</summary>
    /// <param name="sysfs">Folder of the block devices.</param>
    internal static Dictionary<string, Disk> BySerial(string sysfs = "/sys/block")
    {
        var found = new Dictionary<string, Disk>();
        if (!Directory.Exists(sysfs))
            return found;
        foreach (var folder in Directory.EnumerateDirectories(sysfs, "sd*"))
        {
            if (SerialIn(Path.Combine(folder, "device", "vpd_pg80")) is { } serial)
                found[serial] = new Disk(Path.GetFileName(folder));
        }
        return found;
    }

    /// <summary>The disk with these numbers, or null when it is gone.</summary>
    internal static Disk? ByDevice(string device) =>
        Directory.Exists("/sys/block")
            ? Directory.EnumerateDirectories("/sys/block", "sd*").Select(folder => new Disk(Path.GetFileName(folder))).FirstOrDefault(disk => disk.IsNumbered(device))
            : null;

    /// <summary>Serial number of the disk with these numbers, or null when it is gone.</summary>
    internal static string? SerialOf(string device) => ByDevice(device) is { } disk ? BySerial().FirstOrDefault(one => one.Value == disk).Key : null;

    private bool IsNumbered(string device)
    {
        try
        {
            return Device == device;
        }
        catch (IOException)
        {
            // Pulled in between.
            return false;
        }
    }

    private static string? SerialIn(string page)
    {
        try
        {
            var bytes = File.ReadAllBytes(page);
            return bytes.Length > PageHeaderBytes ? Encoding.ASCII.GetString(bytes, PageHeaderBytes, bytes.Length - PageHeaderBytes).Trim('\0', ' ') : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
