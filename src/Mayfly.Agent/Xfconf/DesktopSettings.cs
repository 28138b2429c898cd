using Tmds.DBus.Protocol;

namespace Mayfly.Agent.Xfconf;

/// <summary>
/// What a person has set is what differs from the desktop before anybody used it, so that all else stays what the golden image says,
/// also when a later version of it says something else.
/// </summary>
/// <param name="bus">The running session's bus.</param>
/// <param name="before">What its settings were before anybody used it.</param>
internal sealed class DesktopSettings(DBusConnection bus, SettingsFolder before)
{
    private readonly XfconfService _xfconf = new(bus);

    /// <summary>Writes down what every channel is.</summary>
    internal async Task NoteAsync()
    {
        foreach (var channel in await _xfconf.ListChannelsAsync())
            before.Write(channel, new ChannelSettings(await _xfconf.ReadAsync(channel), []));
    }

    /// <summary>Writes what differs from that, of each of these channels.</summary>
    internal async Task SaveAsync(SettingsFolder folder, IEnumerable<string> channels)
    {
        foreach (var channel in channels)
        {
            var known = before.Read(channel)?.Set ?? [];
            folder.Write(channel, ChannelSettings.Differing(await _xfconf.ReadAsync(channel), known));
        }
    }

    /// <summary>
    /// Sets what was written; only what is not so already, for each change has the desktop draw itself. All is asked before anything is set: a
    /// desktop that draws itself answers slowly.
    /// </summary>
    internal async Task LoadAsync(SettingsFolder folder, IEnumerable<string> channels)
    {
        var todo = new List<Func<Task>>();
        var panel = false;
        foreach (var channel in channels)
        {
            if (folder.Read(channel) is not { } wanted)
                continue;
            var now = await _xfconf.ReadAsync(channel);
            var differing = ChannelSettings.Changed(wanted.Set, now);
            var gone = wanted.Reset.Where(now.ContainsKey).ToList();
            todo.AddRange(gone.Select(Func<Task> (property) => () => _xfconf.ResetAsync(channel, property)));
            todo.AddRange(differing.Select(Func<Task> (pair) => () => _xfconf.SetAsync(channel, pair.Key, pair.Value)));
            panel |= channel == PanelService.Channel && gone.Concat(differing.Keys).Any(PanelService.ReadsOnce);
        }

        await Task.WhenAll(todo.Select(change => change()));
        if (panel)
            await new PanelService(bus).RestartAsync();
    }
}
