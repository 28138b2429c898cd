using System.Text.Json;
using Mayfly.Agent.Native;
using Tmds.DBus.Protocol;

namespace Mayfly.Agent.Xfconf;

/// <summary>
/// The agent as the program that writes down what a person has set in the running desktop, and sets it in another. It has the rights of the
/// desktop's account alone, and ends at once: the agent itself knows nothing of the session's bus.
/// </summary>
internal static class SettingsProgram
{
    /// <summary>Argument of the agent that is this program.</summary>
    internal const string Argument = "--settings";

    /// <summary>Writes down what every channel is before anybody has set anything: <c>note RUNTIME</c>.</summary>
    internal const string Note = "note";

    /// <summary>Writes what differs from that into the home: <c>save RUNTIME HOME CHANNEL...</c>.</summary>
    internal const string Save = "save";

    /// <summary>Sets what the home has: <c>load RUNTIME HOME CHANNEL...</c>.</summary>
    internal const string Load = "load";

    /// <summary>Ends the panel, for the unit that starts it anew: <c>end-panel RUNTIME</c>.</summary>
    internal const string EndPanel = "end-panel";

    /// <summary>Runs it.</summary>
    /// <param name="arguments">What follows <see cref="Argument"/>; RUNTIME is the session's folder of <c>XDG_RUNTIME_DIR</c>.</param>
    /// <returns>Exit status. A guest without Xfconf has nothing to do.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            if (arguments is not [var verb, var runtime, .. var rest])
                return 2;
            using var bus = await ConnectAsync($"{runtime}/bus");
            if (bus is not null)
                await RunAsync(verb, bus, new SettingsFolder($"{runtime}/mayfly-settings"), rest);
            return 0;
        }
        catch (Exception problem) when (problem is DBusExceptionBase or SystemCallException or IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            Diagnostics.Say(problem.Message);
            return 1;
        }
    }

    // Null when there is no session, or none with Xfconf.
    private static async Task<DBusConnection?> ConnectAsync(string path)
    {
        if (!File.Exists(path))
            return null;
        var bus = new DBusConnection($"unix:path={path}");
        await bus.ConnectAsync();
        if (await XfconfService.IsOnAsync(bus))
            return bus;
        bus.Dispose();
        return null;
    }

    private static Task RunAsync(string verb, DBusConnection bus, SettingsFolder before, string[] rest) => (verb, rest) switch
    {
        (Note, []) => new DesktopSettings(bus, before).NoteAsync(),
        (Save, [var home, .. var channels]) => new DesktopSettings(bus, before).SaveAsync(SettingsFolder.In(home), channels),
        (Load, [var home, .. var channels]) => new DesktopSettings(bus, before).LoadAsync(SettingsFolder.In(home), channels),
        (EndPanel, []) => new PanelService(bus).EndAsync(),
        _ => throw new FormatException($"unknown arguments {verb} {string.Join(' ', rest)}"),
    };
}
