namespace Mayfly.Qmp;

/// <summary>Why a QMP command did not succeed.</summary>
public enum QmpFailure
{
    /// <summary>QEMU answered with an error; see <see cref="QmpException.ErrorClass"/>.</summary>
    CommandRefused,
    /// <summary>The connection ended before the answer came.</summary>
    Disconnected,
    /// <summary>No answer before the deadline. QEMU may still be alive: a timeout is not a death.</summary>
    Timeout,
    /// <summary>What came was not QMP.</summary>
    Protocol,
}

/// <summary>A QMP command failed.</summary>
public sealed class QmpException : Exception
{
    /// <summary>Makes one.</summary>
    public QmpException(QmpFailure failure, string message, string? errorClass = null, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        ErrorClass = errorClass;
    }

    /// <summary>What kind of failure.</summary>
    public QmpFailure Failure { get; }

    /// <summary>QEMU's error class, such as "GenericError", or null when QEMU did not answer.</summary>
    public string? ErrorClass { get; }
}
