using System.Text;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Preparing;

/// <summary>The host name: in the kernel, in /etc/hostname, and the line of /etc/hosts that resolves it.</summary>
internal static unsafe class HostName
{
    private const string OwnAddress = "127.0.1.1";
    private const int MaxLabel = 63;

    /// <summary>Sets it in all three places.</summary>
    internal static void Set(GuestPaths paths, string name)
    {
        if (!IsLabel(name))
            throw new ArgumentException("the host name is not a DNS label");
        var bytes = Encoding.ASCII.GetBytes(name);
        fixed (byte* start = bytes)
            SystemCallException.Check(Libc.SetHostname(start, (nuint)bytes.Length), "sethostname");
        WriteFiles(paths, name);
    }

    /// <summary>Writes the two files.</summary>
    internal static void WriteFiles(GuestPaths paths, string name)
    {
        SystemFile.WriteInPlace(paths.In("/etc/hostname"), name + "\n");
        var hosts = paths.In("/etc/hosts");
        SystemFile.WriteInPlace(hosts, RewriteHosts(SystemFile.Read(hosts) ?? "127.0.0.1 localhost\n", name));
    }

    /// <summary>The text of /etc/hosts with exactly one line for the machine's own name; all other lines stay.</summary>
    internal static string RewriteHosts(string hosts, string name)
    {
        var lines = hosts.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        var at = lines.FindIndex(IsOwn);
        lines.RemoveAll(IsOwn);
        lines.Insert(at < 0 ? lines.Count : Math.Min(at, lines.Count), $"{OwnAddress}\t{name}");
        return string.Join('\n', lines) + "\n";
    }

    private static bool IsOwn(string line) =>
        line.StartsWith(OwnAddress, StringComparison.Ordinal) && line.Length > OwnAddress.Length && char.IsWhiteSpace(line[OwnAddress.Length]);

    private static bool IsLabel(string? name) =>
        name is { Length: > 0 and <= MaxLabel } && name[0] != '-' && name[^1] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
