using System.Security.Cryptography;
using System.Text;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;

namespace Mayfly.VersusBench;

/// <summary>
/// A libvirtd of our own: of the account that QEMU runs as (libvirt's session mode), with all that it configures, keeps and listens on in
/// one directory. It ends by itself when nobody has used it for an hour and none of its machines run.
/// </summary>
internal sealed class LibvirtDaemon
{
    private const int KeyLength = 6;
    private const int IdleSeconds = 3600;
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // The files of its machines are in a directory of their own account alone.
    private const UnixFileMode AnyoneThere = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly VmAccount _account;
    private readonly ProcessWatcher _watcher;
    private readonly string _root;

    /// <summary>A daemon that does not run yet. Those of other data directories have other names.</summary>
    public LibvirtDaemon(VmAccount account, ProcessWatcher watcher, DataDirectory data)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Root)))[..KeyLength];
        (_account, _watcher) = (account, watcher);
        Prefix = $"versus-{key}-";
        // Not below the data directory: another account has to get there.
        _root = $"/var/tmp/mayfly-versus-{key}";
    }

    /// <summary>What the names of its machines begin with.</summary>
    public string Prefix { get; }

    private string PidFile => Path.Combine(_root, "libvirtd.pid");

    /// <summary>Absolute path of one of its machines' files.</summary>
    public string PathOf(string file) => Path.Combine(_root, "files", file);

    /// <summary>Where it looks for the saved state of a machine that is started.</summary>
    public string SavedState(string domain) => Path.Combine(_root, "config", "libvirt", "qemu", "save", $"{domain}.save");

    /// <summary>Process number of a machine that runs.</summary>
    public int ProcessOf(string domain) => int.Parse(File.ReadAllText(Path.Combine(_root, "run", "libvirt", "qemu", "run", $"{domain}.pid")));

    /// <summary>Lets the account read and write a file that was made for it.</summary>
    public static void Share(string path) => File.SetUnixFileMode(path, AnyoneThere);

    /// <summary>Starts it; returns once it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        await RunAsync("mkdir", "coreutils", ["-p", "-m", "700", _root, .. ((string[])["files", "run", "cache", "data", "config/libvirt"]).Select(name => Path.Combine(_root, name))], cancellationToken);
        var settings = Path.Combine(_root, "config", "libvirt", "qemu.conf");
        // No virtlogd, and no confinement beside the account's own.
        await File.WriteAllTextAsync(settings, "stdio_handler = \"file\"\nsecurity_driver = \"none\"\n", cancellationToken);
        var daemon = Path.Combine(_root, "libvirtd.conf");
        await File.WriteAllTextAsync(daemon, $"log_outputs = \"3:file:{_root}/libvirtd.log\"\n", cancellationToken);
        await RunAsync("libvirtd", "libvirt-daemon", ["--daemon", "--pid-file", PidFile, "--timeout", $"{IdleSeconds}", "--config", daemon], cancellationToken);
    }

    /// <summary>Runs one virsh command; what it printed.</summary>
    public Task<string> VirshAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        RunAsync("virsh", "libvirt-clients", ["--connect", "qemu:///session", "--quiet", .. arguments], cancellationToken);

    /// <summary>Ends the daemon and all its machines, of this run or of one that was killed, and removes what they have on disk.</summary>
    public async Task EndAsync()
    {
        // It first: a machine that it is starting this moment would be missed.
        await EndAllAsync(PidFile);
        await EndAllAsync($"guest={Prefix}");
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    private async Task EndAllAsync(string argument)
    {
        foreach (var id in ProcessScan.WithArgument(argument))
        {
            if (RunningProcess.Adopt(id, _watcher) is { } process)
                await process.EndAsync(Grace, TimeProvider.System);
        }
    }

    private async Task<string> RunAsync(string program, string package, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (ToolRunner.Require(program, package) is { } missing)
            throw new InvalidOperationException(missing.ToString());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CommandDeadline);
        var start = new ToolStart("setpriv", "util-linux", [.. _account.DropArguments(), ToolRunner.Find(program)!, .. arguments])
        {
            Environment = new Dictionary<string, string>
            {
                ["HOME"] = _root,
                // virsh is not to start a daemon by itself: nobody would end that one.
                ["LIBVIRT_AUTOSTART"] = "0",
                ["XDG_CONFIG_HOME"] = Path.Combine(_root, "config"),
                ["XDG_RUNTIME_DIR"] = Path.Combine(_root, "run"),
                ["XDG_CACHE_HOME"] = Path.Combine(_root, "cache"),
                ["XDG_DATA_HOME"] = Path.Combine(_root, "data"),
            },
        };
        var done = (await new ToolRunner().RunAsync(start, limit.Token)).OrThrow();
        return done.ExitCode == 0 ? done.Output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {done.Error.Trim()}");
    }
}
