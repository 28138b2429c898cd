using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Mayfly.Debian.Tests;

/// <summary>
/// mayflyd as it comes out of the package, on an empty data directory, with none of this checkout's settings and no dotnet to be found.
/// Its parent is called systemd and listens for what it has to say.
/// </summary>
public sealed partial class UnpackedDaemon(BuiltPackage package) : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mf-up");
    private readonly Socket _notifications = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private Process? _parent;

    /// <summary>Its number.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Where browsers find it.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it told the service manager first.</summary>
    public string Notification { get; private set; } = "";

    /// <summary>All of the environment of what is run here.</summary>
    private Dictionary<string, string> Environment => new()
    {
        ["PATH"] = At("bin"),
        ["HOME"] = At("home"),
        ["NOTIFY_SOCKET"] = At("notify"),
        ["MAYFLY_DATA"] = At("data"),
        ["MAYFLY_LISTEN"] = "127.0.0.1:0",
    };

    public async ValueTask InitializeAsync()
    {
        LayOut();
        await StartAsync();
    }

    /// <summary>Runs the command line that comes with it.</summary>
    internal Task<Ended> RunAsync(params string[] arguments) => Programs.RunAsync(Path.Combine(package.Tree, "usr/bin/mayfly"), arguments, Environment);

    public async ValueTask DisposeAsync()
    {
        if (_parent is { } parent)
        {
            if (ProcessId != 0 && Directory.Exists($"/proc/{ProcessId}")) Signals.Terminate(ProcessId);
            using var limit = new CancellationTokenSource(s_limit);
            await parent.WaitForExitAsync(limit.Token);
            parent.Dispose();
        }

        _notifications.Dispose();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex("mayflyd serves (http://[0-9.:]+)")]
    private static partial Regex ServingLine();

    private void LayOut()
    {
        foreach (var name in (string[])["bin", "home"]) _directory.CreateSubdirectory(name);
        foreach (var program in ((string[])["/usr/bin", "/usr/sbin"]).SelectMany(Directory.EnumerateFiles).DistinctBy(Path.GetFileName).Where(path => Path.GetFileName(path) is not "dotnet"))
            File.CreateSymbolicLink(At($"bin/{Path.GetFileName(program)}"), program);
        File.Copy("/bin/sh", At("systemd"));
        _notifications.Bind(new UnixDomainSocketEndPoint(At("notify")));
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo(At("systemd"), ["-c", "\"$0\" & echo $!; wait $!", Path.Combine(package.Tree, "usr/sbin/mayflyd")]) { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        using var limit = new CancellationTokenSource(s_limit);
        _parent = Process.Start(start)!;
        ProcessId = int.Parse((await _parent.StandardOutput.ReadLineAsync(limit.Token))!, CultureInfo.InvariantCulture);
        Address = await ServingAsync(_parent.StandardOutput, limit.Token);
        // Whatever else it prints is read, so that it never waits for a reader.
        _ = _parent.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var message = new byte[256];
        Notification = Encoding.UTF8.GetString(message, 0, await _notifications.ReceiveAsync(message, limit.Token));
    }

    private static async Task<Uri> ServingAsync(StreamReader output, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } line)
            if (ServingLine().Match(line) is { Success: true } match) return new Uri(match.Groups[1].Value);
        throw new InvalidOperationException("mayflyd ended before it served.");
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);
}
