using System.Runtime.InteropServices;

namespace Mayfly.Server.Standby;

/// <summary>Signals that tell the process to stop.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<PosixSignalRegistration> _registered;

    public StopSignals() => _registered = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    /// <summary>Cancelled by the first of them.</summary>
    public CancellationToken Token => _stopping.Token;

    public void Dispose()
    {
        _registered.ForEach(one => one.Dispose());
        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // It does not end the process by itself.
        context.Cancel = true;
        _ = _stopping.CancelAsync();
    }
}
