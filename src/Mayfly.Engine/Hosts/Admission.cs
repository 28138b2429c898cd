using System.Globalization;
using Mayfly.Contracts;

namespace Mayfly.Engine.Hosts;

/// <summary>Says before anything starts whether the host has room for it.</summary>
internal sealed class Admission(EngineOptions options, DataDirectory data)
{
    // A fork shares its parent's memory; what it comes to own is QEMU's own and what the guest writes. A quarter of the guest's
    // memory is what a desktop in use has been seen to write in a working day.
    private const int QemuMib = 64;
    private const int OwnedShare = 4;
    private const long OverlayBytes = 256L << 20;

    /// <summary>Null when one more clone fits. Faults: HostMemoryLow, HostDiskLow.</summary>
    public Fault? ForClone(int memoryMib) => Check("one more machine", (QemuMib + (memoryMib / OwnedShare)) * 1024L * 1024L, OverlayBytes);

    /// <summary>Null when a parent fits: all of its memory, twice over on disk while it is written. Faults: HostMemoryLow, HostDiskLow.</summary>
    public Fault? ForPublish(int memoryMib) => Check("a publish", (QemuMib + memoryMib) * 1024L * 1024L, memoryMib * 1024L * 1024L);

    private Fault? Check(string purpose, long memory, long disk)
    {
        var freeMemory = AvailableMemory() - options.MemoryReserveBytes;
        if (freeMemory < memory)
            return new Fault(
                ErrorCode.HostMemoryLow, $"This host has not enough free memory for {purpose}.",
                $"It needs {Mib(memory)}; {Mib(Math.Max(0, freeMemory))} are free above the reserve of {Mib(options.MemoryReserveBytes)}.",
                "Delete machines, make pools smaller, or add memory.");
        var freeDisk = new DriveInfo(data.Root).AvailableFreeSpace - options.DiskReserveBytes;
        return freeDisk >= disk
            ? null
            : new Fault(
                ErrorCode.HostDiskLow, $"The disk of {data.Root} has not enough free space for {purpose}.",
                $"It needs {Mib(disk)}; {Mib(Math.Max(0, freeDisk))} are free above the reserve of {Mib(options.DiskReserveBytes)}.",
                "Unpublish or delete images, or make room on that disk.");
    }

    /// <summary>MemAvailable of this host, in bytes.</summary>
    public static long AvailableMemory()
    {
        const string Field = "MemAvailable:";
        var line = File.ReadLines("/proc/meminfo").First(text => text.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static string Mib(long bytes) => $"{bytes >> 20} MiB";
}
