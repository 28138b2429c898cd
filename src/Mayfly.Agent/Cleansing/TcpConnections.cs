namespace Mayfly.Agent.Cleansing;

/// <summary>Open TCP connections. Both ends of a connection inside the guest are forked together, so those do not count.</summary>
internal static class TcpConnections
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private const string Established = "01";

    /// <summary>How many reach out of the guest.</summary>
    internal static int Count(GuestPaths paths) =>
        Tables.Select(paths.In).Where(File.Exists).Sum(file => Count(File.ReadAllText(file)));

    /// <summary>How many in the text of one such table.</summary>
    internal static int Count(string table) => table.Split('\n').Skip(1).Count(line =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var remote, Established, ..] && !IsLoopback(remote));

    // The kernel prints addresses as native 32-bit words: 127.0.0.1 is 0100007F, and ::ffff:127.0.0.1 and ::1 likewise.
    private static bool IsLoopback(string remote)
    {
        var address = remote[..Math.Max(remote.IndexOf(':', StringComparison.Ordinal), 0)];
        return address.Length == 8
            ? address.EndsWith("7F", StringComparison.Ordinal)
            : address is "00000000000000000000000001000000" || (address.StartsWith("0000000000000000FFFF0000", StringComparison.Ordinal) && address.EndsWith("7F", StringComparison.Ordinal));
    }
}
