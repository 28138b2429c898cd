using Mayfly.Agent.Native;
using Mayfly.Agent.Preparing;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Cleansing;

/// <summary>
/// Removes all that must not be in two machines: keys, ids, seeds, leases, logs, histories, temporary files, package lists. The last
/// thing a parent does before it is frozen. To remove one more thing, add it to a list here.
/// </summary>
internal sealed class Cleanser(GuestPaths paths)
{
    private static readonly string[] Files =
    [
        "/var/lib/systemd/random-seed", "/var/lib/urandom/random-seed", "/boot/efi/loader/random-seed",
        "/var/lib/systemd/credential.secret", "/var/lib/NetworkManager/secret_key", "/var/lib/NetworkManager/timestamps",
        "/etc/machine-info", "/etc/krb5.keytab", "/var/cache/apt/pkgcache.bin", "/var/cache/apt/srcpkgcache.bin",
    ];

    private static readonly (string Folder, string Pattern)[] Patterns =
    [
        ("/etc/ssh", "ssh_host_*"), ("/var/lib/dhcp", "*.lease*"), ("/var/lib/dhcpcd", "*"), ("/run/systemd/netif/leases", "*"),
        ("/var/lib/NetworkManager", "*.lease"), ("/var/lib/apt/lists", "*"), ("/var/lib/apt/lists/partial", "*"),
        ("/var/cache/apt/archives", "*.deb"), ("/var/crash", "*"), ("/var/lib/systemd/coredump", "*"), ("/var/log", "*.gz"), ("/var/log", "*.[0-9]"),
    ];

    private static readonly string[] Emptied = ["/var/log/wtmp", "/var/log/btmp", "/var/log/lastlog", "/var/log/wtmp.db", "/var/log/tallylog"];

    private static readonly string[] Histories =
        [".bash_history", ".zsh_history", ".ash_history", ".python_history", ".lesshst", ".viminfo", ".wget-hsts", ".sqlite_history", ".mysql_history"];

    /// <summary>Does it, and writes everything to disk.</summary>
    internal CleanseReport Run()
    {
        var removal = new Removal();
        NetworkCard.Silence();
        foreach (var file in Files)
            removal.Tree(paths.In(file));
        foreach (var (folder, pattern) in Patterns)
            removal.Files(paths.In(folder), pattern);
        foreach (var file in Emptied)
            removal.Empty(paths.In(file));
        RemoveHistories(removal);
        TemporaryFiles.Remove(paths, removal);
        Journal.Remove(paths, removal);
        ForgetMachineId(removal);
        Libc.Sync();
        return new CleanseReport(removal.Done, TcpConnections.Count(paths));
    }

    private void RemoveHistories(Removal removal)
    {
        var homes = Directory.Exists(paths.In("/home")) ? Directory.GetDirectories(paths.In("/home")) : [];
        foreach (var home in homes.Append(paths.In("/root")))
        {
            foreach (var history in Histories)
                removal.Tree($"{home}/{history}");
        }
    }

    // The file stays: read-only systems mount over it, and its text tells systemd that this is a first boot.
    private void ForgetMachineId(Removal removal)
    {
        removal.Empty(paths.In("/etc/machine-id"), "uninitialized\n");
        var bus = new FileInfo(paths.In("/var/lib/dbus/machine-id"));
        if (bus.Exists && bus.LinkTarget is null)
            removal.Tree(bus.FullName);
    }
}
