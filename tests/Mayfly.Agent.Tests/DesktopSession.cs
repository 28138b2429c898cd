using System.Diagnostics;
using Mayfly.Agent.Xfconf;
using Tmds.DBus.Protocol;

namespace Mayfly.Agent.Tests;

/// <summary>A session's bus with a real Xfconf and dconf, and nothing else of a desktop.</summary>
internal sealed class DesktopSession : IDisposable
{
    private readonly Process _bus;

    private DesktopSession(string folder, Process bus) => (Folder, _bus) = (folder, bus);

    /// <summary>Its folder, as XDG_RUNTIME_DIR names it.</summary>
    internal string Folder { get; }

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where it has its files.</param>
    /// <param name="system">What the system sets of channel "thing": properties of Xfconf's XML.</param>
    internal static async Task<DesktopSession> StartAsync(string folder, string system = "")
    {
        var channels = Path.Combine(folder, "xdg", "xfce4", "xfconf", "xfce-perchannel-xml");
        Directory.CreateDirectory(channels);
        await File.WriteAllTextAsync(Path.Combine(channels, "thing.xml"), $"<?xml version=\"1.0\"?><channel name=\"thing\" version=\"1.0\">{system}</channel>");
        var start = new ProcessStartInfo("dbus-daemon", ["--session", "--nofork", "--nosyslog", "--print-address", $"--address=unix:path={folder}/bus"]) { RedirectStandardOutput = true };
        start.Environment["XDG_CONFIG_DIRS"] = Path.Combine(folder, "xdg");
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(folder, "home", ".config");
        start.Environment["XDG_RUNTIME_DIR"] = folder;
        var bus = Process.Start(start)!;
        // It says where it listens once it does.
        (await bus.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        return new DesktopSession(folder, bus);
    }

    /// <summary>Its account's home.</summary>
    internal string Home => Path.Combine(Folder, "home");

    /// <summary>Its bus.</summary>
    internal async Task<DBusConnection> ConnectAsync()
    {
        var bus = new DBusConnection($"unix:path={Folder}/bus");
        await bus.ConnectAsync();
        return bus;
    }

    /// <summary>Runs the agent's program in it.</summary>
    internal Task<int> RunAsync(string verb, params string[] rest) => SettingsProgram.RunAsync([verb, Folder, .. rest]);

    public void Dispose()
    {
        // Xfconf ends with its bus.
        _bus.Kill();
        _bus.WaitForExit();
        _bus.Dispose();
    }
}
