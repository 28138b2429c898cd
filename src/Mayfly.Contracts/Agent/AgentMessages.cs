namespace Mayfly.Contracts.Agent;

/// <summary>The guest introduces itself.</summary>
/// <param name="Protocol">Protocol version, <see cref="AgentVerbs.Version"/>.</param>
/// <param name="AgentVersion">Version of the agent program.</param>
/// <param name="OsName">PRETTY_NAME of the guest's os-release.</param>
/// <param name="Kernel">Kernel release, as uname -r tells it.</param>
/// <param name="Capabilities">Verbs the agent understands.</param>
public sealed record AgentHello(int Protocol, string AgentVersion, string OsName, string Kernel, IReadOnlyList<string> Capabilities)
{
    /// <summary>ID and VERSION_ID of the guest's os-release, such as "debian-13"; null from agents of earlier versions.</summary>
    public string? Os { get; init; }
}

/// <summary>Asks the guest to answer once its desktop is drawn and it has gone quiet.</summary>
/// <param name="QuietSeconds">How long the CPUs must be idle in one stretch.</param>
/// <param name="BusyPercent">CPU use, 0 to 100 over all CPUs, still taken as idle.</param>
/// <param name="TimeoutSeconds">The guest answers with an error after this long.</param>
public sealed record SettleRequest(int QuietSeconds, double BusyPercent, int TimeoutSeconds);

/// <summary>The desktop is drawn and quiet.</summary>
/// <param name="DesktopSeconds">Guest uptime when the desktop was drawn.</param>
/// <param name="QuietSeconds">Guest uptime when it had been quiet long enough.</param>
public sealed record SettleReport(double DesktopSeconds, double QuietSeconds);

/// <summary>What the cleanse did.</summary>
/// <param name="Removed">Paths removed or emptied.</param>
/// <param name="Connections">Open TCP connections found; must be none.</param>
public sealed record CleanseReport(IReadOnlyList<string> Removed, int Connections);

/// <summary>All a fork needs to become its own machine, in one message.</summary>
public sealed record ClonePrepRequest
{
    /// <summary>64 fresh random bytes for the guest kernel's generator.</summary>
    public required byte[] Entropy { get; init; }

    /// <summary>Wall clock, nanoseconds since the Unix epoch, UTC.</summary>
    public required long UtcNanoseconds { get; init; }

    /// <summary>Host name, one DNS label.</summary>
    public required string Hostname { get; init; }

    /// <summary>32 lower-case hexadecimal digits for /etc/machine-id.</summary>
    public required string MachineId { get; init; }

    /// <summary>UUID shown as /proc/sys/kernel/random/boot_id.</summary>
    public required string BootId { get; init; }

    /// <summary>The network card's identity, or null for a machine without one.</summary>
    public NetworkIdentity? Network { get; init; }

    /// <summary>SSH host keys to put into /etc/ssh.</summary>
    public IReadOnlyList<SshHostKey> SshHostKeys { get; init; } = [];

    /// <summary>Script to run last, or null.</summary>
    public PostSyncScript? PostSync { get; init; }
}

/// <summary>Identity of the machine's network card. The link is down until the guest has answered.</summary>
/// <param name="Mac">Colon-separated MAC address.</param>
/// <param name="Address">IPv4 address, dotted.</param>
/// <param name="PrefixLength">Network prefix length in bits.</param>
/// <param name="Gateway">Default gateway, or null for none.</param>
/// <param name="Dns">Name servers.</param>
public sealed record NetworkIdentity(string Mac, string Address, int PrefixLength, string? Gateway, IReadOnlyList<string> Dns);

/// <summary>One SSH host key.</summary>
/// <param name="FileName">Name under /etc/ssh of the private key; the public one gets ".pub" added.</param>
/// <param name="PrivatePem">Private key, PEM.</param>
/// <param name="PublicLine">Public key in authorized_keys form.</param>
public sealed record SshHostKey(string FileName, string PrivatePem, string PublicLine);

/// <summary>A program of the image that runs at the end of ClonePrep.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="TimeoutSeconds">Killed after this long.</param>
public sealed record PostSyncScript(IReadOnlyList<string> Command, int TimeoutSeconds = 20);

/// <summary>The fork is its own machine: READY.</summary>
/// <param name="Steps">Microseconds each step took inside the guest.</param>
/// <param name="PostSync">What the post-sync script said, or null when there was none.</param>
public sealed record ClonePrepReport(IReadOnlyList<PrepStep> Steps, ExecResult? PostSync);

/// <summary>One step of ClonePrep.</summary>
/// <param name="Name">entropy, clock, hostname, machine-id, boot-id, network, ssh-keys, post-sync.</param>
/// <param name="Microseconds">Wall time in the guest.</param>
public sealed record PrepStep(string Name, long Microseconds);

/// <summary>Runs a program in the guest as root, without a shell.</summary>
/// <param name="Command">Program and arguments; the program is looked up in PATH.</param>
/// <param name="TimeoutSeconds">The whole process group is killed after this long.</param>
public sealed record ExecRequest(IReadOnlyList<string> Command, int TimeoutSeconds = 60);

/// <summary>What a program in the guest said.</summary>
/// <param name="ExitCode">Exit status; 128 + n for signal n; 124 when its time ran out; 127 when not found.</param>
/// <param name="Stdout">Standard output, at most <see cref="MaxOutputBytes"/>.</param>
/// <param name="Stderr">Standard error, at most <see cref="MaxOutputBytes"/>.</param>
/// <param name="Truncated">True when output was cut.</param>
public sealed record ExecResult(int ExitCode, string Stdout, string Stderr, bool Truncated)
{
    /// <summary>Most bytes kept of each stream.</summary>
    public const int MaxOutputBytes = 128 * 1024;
}

/// <summary>Gives the guest's screen another size.</summary>
/// <param name="Width">Pixels of a row, a multiple of <see cref="WidthStep"/>.</param>
/// <param name="Height">Rows.</param>
public sealed record SetScreenRequest(int Width, int Height)
{
    /// <summary>The graphics card has rows of whole groups of this many pixels.</summary>
    public const int WidthStep = 8;

    /// <summary>The narrowest and the widest screen.</summary>
    public const int LeastWidth = 640, MostWidth = 4096;

    /// <summary>The lowest and the highest screen.</summary>
    public const int LeastHeight = 480, MostHeight = 2304;

    /// <summary>True when some screen can have this size; the guest's video memory decides on its own.</summary>
    public bool IsPossible => Width is >= LeastWidth and <= MostWidth && Height is >= LeastHeight and <= MostHeight && Width % WidthStep == 0;
}

/// <summary>The size the guest's screen has now.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
public sealed record SetScreenReport(int Width, int Height);
