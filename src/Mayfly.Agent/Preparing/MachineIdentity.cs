using Mayfly.Agent.Native;

namespace Mayfly.Agent.Preparing;

/// <summary>The ids by which the guest's own programs know their machine and this boot of it.</summary>
internal static unsafe class MachineIdentity
{
    private const int MachineIdLength = 32;
    private const uint ReadableByAll = 0x124;

    /// <summary>Writes the machine id into the files it is kept in. Their inodes stay: programs and mounts may hold them.</summary>
    internal static void SetMachineId(GuestPaths paths, string id)
    {
        if (id is not { Length: MachineIdLength } || !id.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException("the machine id is not 32 lower-case hexadecimal digits");
        SystemFile.WriteInPlace(paths.In("/etc/machine-id"), id + "\n", ReadableByAll);
        var bus = new FileInfo(paths.In("/var/lib/dbus/machine-id"));
        if (bus.Directory is { Exists: true } && bus.LinkTarget is null)
            SystemFile.WriteInPlace(bus.FullName, id + "\n", ReadableByAll);
    }

    /// <summary>Shows another boot id. The kernel's own cannot be changed, so a file is mounted over it, once; later only its text changes.</summary>
    internal static void SetBootId(GuestPaths paths, string id)
    {
        const string shown = "/proc/sys/kernel/random/boot_id";
        if (!Guid.TryParseExact(id, "D", out var parsed))
            throw new ArgumentException("the boot id is not a UUID");
        var text = parsed.ToString("D");
        var file = paths.In("/run/mayfly/boot_id");
        Directory.CreateDirectory(paths.RunFolder);
        SystemFile.WriteInPlace(file, text + "\n", ReadableByAll);
        if (SystemFile.Read(shown)?.TrimEnd() == text)
            return;
        SystemCallException.Check(Libc.Mount(file, shown, null, Constants.MountBind, null), $"mount over {shown}");
    }
}
