using Tmds.DBus.Protocol;

namespace Mayfly.Agent.Xfconf;

/// <summary>The panel of a running session, which has most of its settings drawn at once, but reads which parts it has only when it starts.</summary>
/// <param name="bus">The session's bus.</param>
internal sealed class PanelService(DBusConnection bus)
{
    /// <summary>Its channel of Xfconf.</summary>
    internal const string Channel = "xfce4-panel";

    private const string Service = "org.xfce.Panel";
    private const string Systemd = "org.freedesktop.systemd1";
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    /// <summary>True for a property that it reads when it starts.</summary>
    internal static bool ReadsOnce(string property) => property == "/panels" || property.EndsWith("/plugin-ids", StringComparison.Ordinal);

    /// <summary>Has the image's unit <c>mayfly-panel.service</c> end it and start it anew. Nobody waits for that: a session has much to draw by then.</summary>
    internal Task RestartAsync()
    {
        using var writer = bus.GetMessageWriter();
        writer.WriteMethodCallHeader(Systemd, "/org/freedesktop/systemd1", $"{Systemd}.Manager", "RestartUnit", "ss", MessageFlags.None);
        writer.WriteString("mayfly-panel.service");
        writer.WriteString("replace");
        return bus.CallMethodAsync(writer.CreateMessage());
    }

    /// <summary>Ends it, so that the session does not start it again; returns once it is gone. One that starts while another is there leaves everything to that.</summary>
    internal async Task EndAsync()
    {
        using var watcher = await bus.WatchNameOwnerAsync(Service);
        if (watcher.GetCurrentOwner() is not { } owner)
            return;
        var gone = watcher.GetOwnerChangedCancellationToken(owner);
        await bus.CallMethodAsync(Terminate());
        await Task.Delay(LongestEnd, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private MessageBuffer Terminate()
    {
        using var writer = bus.GetMessageWriter();
        writer.WriteMethodCallHeader(Service, "/org/xfce/Panel", Service, "Terminate", "b", MessageFlags.None);
        writer.WriteBool(false);
        return writer.CreateMessage();
    }
}
