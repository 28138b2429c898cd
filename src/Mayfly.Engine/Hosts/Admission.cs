using Mayfly.Contracts;
using Mayfly.Engine.Measuring;

namespace Mayfly.Engine.Hosts;

/// <summary>
/// Says before anything starts whether the host has room for it, and promises that room until it runs: what was admitted a moment ago has
/// not yet taken what it will take.
/// </summary>
internal sealed class Admission(EngineOptions options, DataDirectory data)
{
    // A fork shares its parent's memory; what it comes to own is QEMU's own and what the guest writes. A quarter of the guest's
    // memory is what a desktop in use has been seen to write in a working day.
    private const int QemuMib = 64;
    private const int OwnedShare = 4;
    private const long OverlayBytes = 256L << 20;
    private readonly Lock _lock = new();
    private long _promisedMemory;
    private long _promisedDisk;

    /// <summary>Room for one more clone, from the start of its shell until it is READY. Faults: HostMemoryLow, HostDiskLow.</summary>
    public Outcome<Reservation> ForClone(int memoryMib) => Reserve("one more machine", (QemuMib + (memoryMib / OwnedShare)) * 1024L * 1024L, OverlayBytes);

    /// <summary>Room for a machine that boots, until it is READY: all of its memory is its own. Faults: HostMemoryLow, HostDiskLow.</summary>
    /// <param name="memoryMib">Guest memory in MiB.</param>
    /// <param name="diskBytes">Size of a copy made for it, in bytes; 0 for an overlay.</param>
    public Outcome<Reservation> ForBoot(int memoryMib, long diskBytes) =>
        Reserve("one more machine", (QemuMib + memoryMib) * 1024L * 1024L, OverlayBytes + diskBytes);

    /// <summary>Room for a parent: all of its memory, twice over on disk while it is written. Faults: HostMemoryLow, HostDiskLow.</summary>
    public Outcome<Reservation> ForPublish(int memoryMib) => Reserve("a publish", (QemuMib + memoryMib) * 1024L * 1024L, memoryMib * 1024L * 1024L);

    /// <summary>
    /// Room for a publish of a running machine: its whole memory for the copy, and as much again, since what it shares is read to the end
    /// and then held to the end, holes included. Faults: HostMemoryLow, HostDiskLow.
    /// </summary>
    /// <param name="memoryMib">Guest memory in MiB.</param>
    /// <param name="diskBytes">What the machine has written to its disk, in bytes.</param>
    public Outcome<Reservation> ForLivePublish(int memoryMib, long diskBytes) =>
        Reserve("a publish of a running machine", (QemuMib + (2 * memoryMib)) * 1024L * 1024L, (memoryMib * 1024L * 1024L) + diskBytes);

    /// <summary>MemAvailable of this host, in bytes.</summary>
    public static long AvailableMemory() => HostMemory.OfHost("MemAvailable");

    private Outcome<Reservation> Reserve(string purpose, long memory, long disk)
    {
        lock (_lock)
        {
            if (Lack(purpose, memory, disk) is { } lack)
                return lack;
            _promisedMemory += memory;
            _promisedDisk += disk;
        }

        return new Reservation(() =>
        {
            lock (_lock)
            {
                _promisedMemory -= memory;
                _promisedDisk -= disk;
            }
        });
    }

    private Fault? Lack(string purpose, long memory, long disk)
    {
        var freeMemory = AvailableMemory() - options.MemoryReserveBytes - _promisedMemory;
        if (freeMemory < memory)
            return new Fault(
                ErrorCode.HostMemoryLow, $"This host has not enough free memory for {purpose}.",
                $"It needs {Mib(memory)}; {Mib(Math.Max(0, freeMemory))} are free above the reserve of {Mib(options.MemoryReserveBytes)}{Promised(_promisedMemory)}.",
                "Delete machines, make pools smaller, or add memory.");
        var freeDisk = new DriveInfo(data.Root).AvailableFreeSpace - options.DiskReserveBytes - _promisedDisk;
        return freeDisk >= disk
            ? null
            : new Fault(
                ErrorCode.HostDiskLow, $"The disk of {data.Root} has not enough free space for {purpose}.",
                $"It needs {Mib(disk)}; {Mib(Math.Max(0, freeDisk))} are free above the reserve of {Mib(options.DiskReserveBytes)}{Promised(_promisedDisk)}.",
                "Unpublish or delete images, or make room on that disk.");
    }

    private static string Promised(long bytes) => bytes == 0 ? "" : $" and {Mib(bytes)} promised to what is being started";

    private static string Mib(long bytes) => $"{bytes >> 20} MiB";
}
