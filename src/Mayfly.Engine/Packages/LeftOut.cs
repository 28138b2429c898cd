namespace Mayfly.Engine.Packages;

/// <summary>What never becomes part of a package, although it lies where packages lie. This table is also told in <c>docs/packages.md</c>.</summary>
internal static class LeftOut
{
    // Made of everything that is installed: one from a package would hide all programs, icons and libraries of the others.
    private static readonly HashSet<string> s_caches = ["icon-theme.cache", "mimeinfo.cache"];
    private static readonly HashSet<string> s_cacheFiles = ["etc/ld.so.cache", "etc/.updated", "usr/.updated"];

    // Who a machine is, and how it reaches others. ClonePrep has set it; every machine with the package would become the one of the capture.
    private static readonly HashSet<string> s_machine =
        ["etc/hostname", "etc/hosts", "etc/machine-id", "etc/resolv.conf", "etc/adjtime"];

    // Secrets: the same host keys in all machines prove nothing.
    private const string HostKeys = "etc/ssh/ssh_host_";

    // Accounts and their passwords: a list from a package would take away the machine's own, or let somebody in.
    private static readonly HashSet<string> s_accounts = ["etc/passwd", "etc/group", "etc/shadow", "etc/gshadow", "etc/subuid", "etc/subgid", "etc/.pwd.lock"];

    // What is mounted where: that is the machine's.
    private static readonly HashSet<string> s_mounts = ["etc/mtab", "etc/fstab"];

    /// <summary>True for a name that is left out.</summary>
    public static bool Has(string name)
    {
        // Editors of accounts keep the file before the last change under the same name and "-".
        var account = name.EndsWith('-') ? name[..^1] : name;
        return s_caches.Contains(name[(name.LastIndexOf('/') + 1)..])
            || s_cacheFiles.Contains(name) || s_machine.Contains(name) || s_mounts.Contains(name) || s_accounts.Contains(account)
            || name.StartsWith(HostKeys, StringComparison.Ordinal) || ExtensionRelease.Has(name);
    }
}
