using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// A control connection that can be made anew: QEMU takes one client at a time, and the next one after that has gone.
/// One caller at a time.
/// </summary>
internal sealed class QmpLine(string path, QmpClient first, ILogger logger, TimeProvider time)
{
    private volatile QmpClient _current = first;

    /// <summary>The connection of now; it may have ended.</summary>
    public QmpClient Current => _current;

    /// <summary>The connection, made anew when it had ended.</summary>
    /// <param name="deadline">How long QEMU may take to greet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="QmpException">It can not be made.</exception>
    public async Task<QmpClient> OpenAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (!_current.Closed.IsCompleted)
            return _current;
        var fresh = await QmpClient.ConnectAsync(path, logger, time, cancellationToken, deadline);
        var ended = _current;
        _current = fresh;
        await ended.DisposeAsync();
        return fresh;
    }

    /// <summary>Ends the connection. QEMU goes on.</summary>
    public ValueTask CloseAsync() => _current.DisposeAsync();
}
