using System.Text.Json;
using Mayfly.Agent.Dconf;
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

    /// <summary>Writes down what every channel, and all of dconf, is before anybody has set anything: <c>note RUNTIME HOME</c>.</summary>
    internal const string Note = "note";

    /// <summary>Writes what differs from that into the home: <c>save RUNTIME HOME CHANNEL|PATH...</c>.</summary>
    internal const string Save = "save";

    /// <summary>Sets what the home has: <c>load RUNTIME HOME CHANNEL|PATH...</c>.</summary>
    internal const string Load = "load";

    /// <summary>Ends the panel, for the unit that starts it anew: <c>end-panel RUNTIME</c>.</summary>
    internal const string EndPanel = "end-panel";

    /// <summary>Status of a run that went wrong with dconf alone.</summary>
    internal const int WithoutDconf = 1;

    private const int Failed = 2;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">What follows <see cref="Argument"/>; RUNTIME is the session's folder of <c>XDG_RUNTIME_DIR</c>.</param>
    /// <returns>Exit status. A guest without a session has nothing to do, nor one that has neither Xfconf nor dconf.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var verb, var runtime, .. var rest])
            return Failed;
        if (!File.Exists($"{runtime}/bus"))
            return 0;
        var before = new SettingsFolder($"{runtime}/mayfly-settings");
        if (!await TryAsync(() => RunAsync(verb, runtime, before, [.. rest.Where(name => !ProgramSettings.IsPath(name))])))
            return Failed;
        return rest is not [var home, .. var names] || await TryAsync(() => RunAsync(verb, new DconfProgram(runtime, home), before, home, [.. names.Where(ProgramSettings.IsPath)]))
            ? 0
            : WithoutDconf;
    }

    // Says what went wrong.
    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception problem) when (problem is DBusExceptionBase or SystemCallException or IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            Diagnostics.Say(problem.Message);
            return false;
        }
    }

    private static async Task RunAsync(string verb, string runtime, SettingsFolder before, string[] rest)
    {
        using var bus = new DBusConnection($"unix:path={runtime}/bus");
        await bus.ConnectAsync();
        if (!await XfconfService.IsOnAsync(bus))
            return;
        await ((verb, rest) switch
        {
            (Note, [_]) => new DesktopSettings(bus, before).NoteAsync(),
            (Save, [var home, .. var channels]) => new DesktopSettings(bus, before).SaveAsync(SettingsFolder.In(home), channels),
            (Load, [var home, .. var channels]) => new DesktopSettings(bus, before).LoadAsync(SettingsFolder.In(home), channels),
            (EndPanel, []) => new PanelService(bus).EndAsync(),
            _ => throw new FormatException($"unknown arguments {verb} {string.Join(' ', rest)}"),
        });
    }

    private static async Task RunAsync(string verb, DconfProgram dconf, SettingsFolder before, string home, string[] paths)
    {
        if (verb is not Note && paths.Length == 0)
            return;
        if (DconfProgram.IsThere)
        {
            var settings = new ProgramSettings(dconf, before);
            await (verb switch
            {
                Note => settings.NoteAsync(),
                Save => settings.SaveAsync(SettingsFolder.In(home), paths),
                _ => settings.LoadAsync(SettingsFolder.In(home), paths),
            });
        }
        else if (verb is Save && File.Exists($"{home}/.config/dconf/user"))
        {
            throw new IOException("the guest has no program dconf, of the package dconf-cli: what its programs keep in dconf can not be saved");
        }
    }
}
