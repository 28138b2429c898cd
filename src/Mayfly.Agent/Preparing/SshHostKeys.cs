using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Preparing;

/// <summary>The machine's SSH host keys.</summary>
internal static class SshHostKeys
{
    private const string Folder = "/etc/ssh";
    private const string Prefix = "ssh_host_";
    private const string Suffix = "_key";
    private const int MaxName = 64;
    private const uint OwnerOnly = 0x180;
    private const uint ReadableByAll = 0x1A4;

    /// <summary>Writes each key pair. A guest without /etc/ssh has no SSH server and needs none.</summary>
    internal static void Write(GuestPaths paths, IReadOnlyList<SshHostKey> keys)
    {
        if (keys.FirstOrDefault(key => !IsKeyName(key.FileName)) is not null)
            throw new ArgumentException("a key's file name is not like ssh_host_<kind>_key");
        if (!Directory.Exists(paths.In(Folder)))
            return;
        foreach (var key in keys)
        {
            var path = paths.In($"{Folder}/{key.FileName}");
            SystemFile.WriteNew(path, key.PrivatePem, OwnerOnly);
            SystemFile.WriteNew(path + ".pub", key.PublicLine.TrimEnd('\n') + "\n", ReadableByAll);
        }
    }

    /// <summary>True for a plain name of a host key: nothing that leads to another folder.</summary>
    internal static bool IsKeyName(string? name) =>
        name is { Length: <= MaxName } && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
        && name.Length > Prefix.Length + Suffix.Length && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
