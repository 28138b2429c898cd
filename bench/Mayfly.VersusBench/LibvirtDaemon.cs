using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;

namespace Mayfly.VersusBench;

/// <summary>
/// A libvirtd of our own: of the account that QEMU runs as (libvirt's session mode), with all that it configures, keeps and listens on in
/// one directory. It ends by itself when nobody has used it for a while and none of its machines run.
/// </summary>
internal sealed class LibvirtDaemon(VmAccount account, ProcessWatcher watcher)
{
    /// <summary>What the names of its machines begin with.</summary>
    public const string Prefix = "mayfly-versus-";

    // Not below the data directory: another account has to get there.
    private const string Root = "/var/tmp/mayfly-versus";
    private const int IdleSeconds = 120;
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // The files of its machines are in a directory of their own account alone.
    private const UnixFileMode AnyoneThere = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static string PidFile => Path.Combine(Root, "libvirtd.pid");

    /// <summary>Absolute path of one of its machines' files.</summary>
    public static string PathOf(string file) => Path.Combine(Root, "files", file);

    /// <summary>Where it looks for the saved state of a machine that is started.</summary>
    public static string SavedState(string domain) => Path.Combine(Root, "config", "libvirt", "qemu", "save", $"{domain}.save");

    /// <summary>Process number of a machine that runs.</summary>
    public static int ProcessOf(string domain) => int.Parse(File.ReadAllText(Path.Combine(Root, "run", "libvirt", "qemu", "run", $"{domain}.pid")));

    /// <summary>Lets the account read and write a file that was made for it.</summary>
    public static void Share(string path) => File.SetUnixFileMode(path, AnyoneThere);

    /// <summary>Starts it; returns once it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        await RunAsync("mkdir", "coreutils", ["-p", "-m", "700", Root, .. ((string[])["files", "run", "cache", "data", "config/libvirt"]).Select(name => Path.Combine(Root, name))], cancellationToken);
        var settings = Path.Combine(Root, "config", "libvirt", "qemu.conf");
        // No virtlogd, and no confinement beside the account's own.
        await File.WriteAllTextAsync(settings, "stdio_handler = \"file\"\nsecurity_driver = \"none\"\n", cancellationToken);
        var daemon = Path.Combine(Root, "libvirtd.conf");
        await File.WriteAllTextAsync(daemon, $"log_outputs = \"3:file:{Root}/libvirtd.log\"\n", cancellationToken);
        await RunAsync("libvirtd", "libvirt-daemon", ["--daemon", "--pid-file", PidFile, "--timeout", $"{IdleSeconds}", "--config", daemon], cancellationToken);
    }

    /// <summary>Runs one virsh command; what it printed.</summary>
    public Task<string> VirshAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        RunAsync("virsh", "libvirt-clients", ["--connect", "qemu:///session", "--quiet", .. arguments], cancellationToken);

    /// <summary>Ends the daemon and all its machines, of this run or of one that was killed, and removes what they have on disk.</summary>
    public async Task EndAsync()
    {
        foreach (var id in (int[])[.. ProcessScan.WithArgument(PidFile), .. ProcessScan.WithArgument($"guest={Prefix}")])
        {
            if (RunningProcess.Adopt(id, watcher) is { } process)
                await process.EndAsync(Grace, TimeProvider.System);
        }

        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    private async Task<string> RunAsync(string program, string package, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (ToolRunner.Require(program, package) is { } missing)
            throw new InvalidOperationException(missing.ToString());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CommandDeadline);
        var start = new ToolStart("setpriv", "util-linux", [.. account.DropArguments(), ToolRunner.Find(program)!, .. arguments])
        {
            Environment = new Dictionary<string, string>
            {
                ["HOME"] = Root,
                ["XDG_CONFIG_HOME"] = Path.Combine(Root, "config"),
                ["XDG_RUNTIME_DIR"] = Path.Combine(Root, "run"),
                ["XDG_CACHE_HOME"] = Path.Combine(Root, "cache"),
                ["XDG_DATA_HOME"] = Path.Combine(Root, "data"),
            },
        };
        var done = (await new ToolRunner().RunAsync(start, limit.Token)).OrThrow();
        return done.ExitCode == 0 ? done.Output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {done.Error.Trim()}");
    }
}
