using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Displays;

/// <summary>
/// The shared clipboard of one machine. QEMU can not save the state of its clipboard channel, so a parent has none: it is plugged into
/// a clone when its first display opens, and a guest with spice-vdagent takes it up by itself.
/// </summary>
internal sealed partial class GuestClipboard(ILogger logger)
{
    private const string Channel = "clipboard";
    private const string Device = "clipboard0";
    private const string Port = "com.redhat.spice.0";
    private int _plugged;

    /// <summary>Plugs it in, the first time. A display without a clipboard is better than none, so a failure is only logged.</summary>
    public async Task PlugAsync(QmpClient qmp, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _plugged, 1) == 1)
            return;
        try
        {
            // A machine taken over from an earlier mayflyd may have it.
            if (await qmp.HasChannelAsync(Channel, cancellationToken))
                return;
            await qmp.AddClipboardChannelAsync(Channel, cancellationToken);
            await qmp.AddSerialPortAsync(Device, Channel, Port, cancellationToken);
        }
        catch (QmpException error)
        {
            LogNotPlugged(error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventId = 230, Message = "A display opens without a clipboard: {Reason}")]
    private partial void LogNotPlugged(string reason);
}
