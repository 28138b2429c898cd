using System.Globalization;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Limits;

/// <summary>
/// Limits what each QEMU can take of this host: a control group (version 2) each, in a directory that outlives mayflyd. A host that offers
/// none runs machines without, and says so in the doctor's report.
/// </summary>
/// <remarks>
/// A process is put into its group right after it was started. What it touches before that, the program's own first pages, is counted where
/// mayflyd is; the guest's memory is not touched until much later.
/// </remarks>
internal sealed class ControlGroups(ControlGroupRoot root)
{
    // What QEMU itself has been seen to take at most beside the guest's memory, twice over: buffers of displays, the translated code of an
    // emulated guest, and the part of the page cache it is using.
    private const int QemuMib = 256;

    // Two dozen threads, and up to 64 that read and write disks.
    private const int Threads = 256;
    private const string Prefix = "vm-";

    /// <summary>Why machines run without limits here, or null when they have them.</summary>
    public string? Lack => root.Lack;

    /// <summary>What to do about <see cref="Lack"/>, or null.</summary>
    public string? Remedy => root.Remedy;

    /// <summary>Makes the group of a process that is about to be started; null where this host has none.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public ControlGroup? Make(MachineDirectory directory, MachineShape shape)
    {
        if (Find(directory) is not { } group)
            return null;
        Directory.CreateDirectory(group.Path);
        if (root.Controls("memory"))
        {
            group.Write("memory.max", Limit(shape, shape.MemoryMib));
            group.Write("memory.swap.max", "0");
        }

        if (root.Controls("pids"))
            group.Write("pids.max", Number(Threads));
        if (root.Controls("cpu"))
            group.Write("cpu.weight", "100");
        return group;
    }

    /// <summary>
    /// Makes room for a machine that is to be copied: the memory it shares is read to its end, and what were holes in it counts where it is
    /// read first, beside what the guest has written over it.
    /// </summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public void AllowCopy(MachineDirectory directory, MachineShape shape)
    {
        if (root.Controls("memory") && Find(directory) is { } group && Directory.Exists(group.Path))
            group.Write("memory.max", Limit(shape, 2 * shape.MemoryMib));
    }

    /// <summary>The group that a process started earlier has, by the name of its directory.</summary>
    public ControlGroup? Find(MachineDirectory directory) =>
        root.Path is { } path ? new ControlGroup(Path.Combine(path, Prefix + Path.GetFileName(directory.Path))) : null;

    /// <summary>Removes groups of processes that are gone. Those in which something runs stay.</summary>
    public void RemoveLeftovers()
    {
        if (root.Path is not { } path)
            return;
        foreach (var left in Directory.EnumerateDirectories(path, Prefix + "*").ToList())
            new ControlGroup(left).Remove();
    }

    private static string Limit(MachineShape shape, int guestMib) => Number((guestMib + shape.VideoMemoryMib + QemuMib) * 1024L * 1024L);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
