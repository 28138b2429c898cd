using System.Net;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Preparing;

/// <summary>/etc/resolv.conf.</summary>
internal static class ResolverFile
{
    private const uint ReadableByAll = 0x1A4;

    /// <summary>Names the servers. A link to some manager's file is replaced: no such manager looks after this network.</summary>
    internal static void Write(GuestPaths paths, IReadOnlyList<string> servers)
    {
        if (servers.FirstOrDefault(server => !IPAddress.TryParse(server, out _)) is not null)
            throw new ArgumentException("a name server is not an address");
        var file = new FileInfo(paths.In("/etc/resolv.conf"));
        var text = string.Concat(servers.Select(server => $"nameserver {server}\n"));
        if (file.LinkTarget is null)
            SystemFile.WriteInPlace(file.FullName, text);
        else
            SystemFile.WriteNew(file.FullName, text, ReadableByAll);
    }
}
