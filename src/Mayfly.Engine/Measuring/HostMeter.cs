using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Measuring;

/// <summary>
/// Measures what machines take of this host, by a handful of small reads each: walking the page tables of a hundred machines, which
/// smaps_rollup does, would take seconds.
/// </summary>
internal sealed class HostMeter(HostRuntimeSource runtime, DataDirectory data)
{
    /// <summary>What is taken now; machines that are off take disk alone.</summary>
    public HostUsage Measure(IReadOnlyList<MachineEntry> entries)
    {
        var machines = entries.Select(entry => entry.Machine).OfType<Machine>().ToList();
        var memories = machines.ConvertAll(machine => MemoryOf(machine.Qemu.Process.Id));
        var shared = Shared(memories);
        var running = machines.Zip(memories, (machine, memory) => UsageOf(machine, memory is { } own && !shared.ContainsKey(own.Inode) ? own.Bytes : 0));
        var off = entries.Where(entry => entry.Machine is null).Select(entry => entry.Kept).OfType<MachineRecord>()
            .Select(record => new MachineUsage(record.MachineId, 0, DiskOf(MachineDirectory.Of(data.Machines, record.Uuid))));
        return new HostUsage(
            HostMemory.OfHost("MemTotal"), HostMemory.OfHost("MemAvailable"), shared.Values.Sum(), new DriveInfo(data.Root).AvailableFreeSpace, [.. running, .. off]);
    }

    /// <summary>Guest memories that warm images hold or that several machines map, by inode.</summary>
    private Dictionary<ulong, long> Shared(List<FileBlocks?> memories)
    {
        var loaded = runtime.Current?.WarmImages.MemoryBlocks() ?? [];
        var common = memories.OfType<FileBlocks>().GroupBy(memory => memory.Inode).Where(group => group.Count() > 1).Select(group => group.First());
        return loaded.Concat(common).DistinctBy(memory => memory.Inode).ToDictionary(memory => memory.Inode, memory => memory.Bytes);
    }

    /// <summary>A clone's own pages are anonymous: its copies of what it wrote, and QEMU's own.</summary>
    private static MachineUsage UsageOf(Machine machine, long ownMemory) => new(
        machine.Id, ownMemory + HostMemory.OfProcess(machine.Qemu.Process.Id, "RssAnon", "VmSwap"), DiskOf(machine.Qemu.Directory));

    /// <summary>What the files of a machine's own disk take up, in bytes.</summary>
    public static long DiskOf(MachineDirectory directory)
    {
        var bytes = (FileBlocks.Of(directory.Overlay) ?? FileBlocks.Of(directory.Disk("raw")))?.Bytes ?? 0;
        for (var number = 1; FileBlocks.Of(directory.DiskLayer(number)) is { } layer; number++)
            bytes += layer.Bytes;
        return bytes;
    }

    private static FileBlocks? MemoryOf(int processId) => FileBlocks.Of($"/proc/{processId}/fd/{QemuDescriptors.Memory}");
}
