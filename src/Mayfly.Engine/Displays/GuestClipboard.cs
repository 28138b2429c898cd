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

    /// <summary>Unplugs it, for a machine that is to be copied. True when it was there.</summary>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public async Task<bool> UnplugAsync(QmpClient qmp, CancellationToken cancellationToken)
    {
        if (!await qmp.HasChannelAsync(Channel, cancellationToken))
            return false;
        if (await qmp.HasDeviceAsync(Device, cancellationToken))
            await qmp.RemoveDeviceAsync(Device, cancellationToken);
        await qmp.RemoveChannelAsync(Channel, cancellationToken);
        Interlocked.Exchange(ref _plugged, 0);
        return true;
    }

    /// <summary>Plugs it in again after the machine was copied, if it was there or a display was opened meanwhile.</summary>
    public async Task ReplugAsync(QmpClient qmp, bool wasPlugged)
    {
        try
        {
            // While a machine is copied QEMU plugs nothing in: what was tried is there by half.
            if (await UnplugAsync(qmp, CancellationToken.None) || wasPlugged)
                await PlugAsync(qmp, CancellationToken.None);
        }
        catch (QmpException error)
        {
            LogNotPlugged(error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventId = 230, Message = "A display opens without a clipboard: {Reason}")]
    private partial void LogNotPlugged(string reason);
}
