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
    public string Overlay => System.IO.Path.Combine(Path, "disk.qcow2");

    /// <summary>Who this is, for the next mayflyd.</summary>
    public string Record => System.IO.Path.Combine(Path, "machine.json");

    /// <summary>What QEMU printed.</summary>
    public string Log => System.IO.Path.Combine(Path, "qemu.log");

    /// <summary>What every process that belongs to this directory has at the start of its -name.</summary>
    public string ProcessName => ProcessNameOf(System.IO.Path.GetFileName(Path));

    /// <summary>Makes the directory of a process. Its name is the start of the process's UUID: short, since socket names have at most 107 bytes.</summary>
    public static MachineDirectory Create(string parent, Guid uuid)
    {
        var path = System.IO.Path.Combine(parent, uuid.ToString("N")[..KeyLength]);
        Directory.CreateDirectory(path, OwnerOnly);
        return new MachineDirectory(path);
    }

    /// <summary>-name of the process with a UUID, or with the start of one.</summary>
    public static string ProcessNameOf(string uuid) => $"mayfly-{uuid}";

    /// <summary>Removes it all; a directory already gone is fine.</summary>
    public void Remove()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    /// <summary>The last lines of QEMU's log, for a fault's "why"; null when it said nothing.</summary>
    public string? LastWords()
    {
        const int Most = 2000;
        if (!File.Exists(Log))
            return null;
        var text = File.ReadAllText(Log).Trim();
        return text.Length == 0 ? null : text.Length <= Most ? text : "..." + text[^Most..];
    }
}
