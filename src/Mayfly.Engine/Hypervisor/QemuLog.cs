using System.Buffers;
using System.Text;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// What a QEMU prints, bounded whatever it prints and whether mayflyd runs or not. QEMU writes into a named pipe, which holds 64 KiB and
/// then drops what comes; mayflyd moves what is there into the log file now and then, and keeps that short.
/// </summary>
/// <remarks>Only the reader who holds the pipe open sees what a QEMU printed last: open this before QEMU starts, or while it runs.</remarks>
internal sealed class QemuLog(string pipe, string file) : IDisposable
{
    /// <summary>Most bytes of the log file.</summary>
    public const int MaxBytes = 1 << 20;

    private const int KeptBytes = MaxBytes / 2;
    private const int PipeBytes = 64 * 1024;
    private readonly Lock _lock = new();
    private SafeFileHandle? _reader;

    /// <summary>Opens the pipe for reading, if there is one. Never waits.</summary>
    public void Listen()
    {
        lock (_lock)
        {
            if (_reader is null && Native.Open(pipe, Native.OpenReadWithoutWaiting) is >= 0 and var descriptor)
                _reader = new SafeFileHandle(descriptor, ownsHandle: true);
        }
    }

    /// <summary>Makes the pipe and opens it for a QEMU to write to. A full pipe refuses what comes, so that QEMU never waits for us.</summary>
    /// <exception cref="IOException">It can not be made.</exception>
    public SafeFileHandle OpenForQemu()
    {
        Dispose();
        File.Delete(pipe);
        if (Native.MakeFifo(pipe, Native.OwnerReadWrite) < 0)
            throw Native.Failed($"making {pipe}");
        // QEMU holds the reading end too: it outlives mayflyd, and must not be told then that nobody reads.
        var writer = Native.Own(Native.Open(pipe, Native.OpenReadWriteWithoutWaiting), "open");
        Listen();
        return writer;
    }

    /// <summary>Moves what QEMU has printed since into the file. A failure loses lines of a log and nothing else.</summary>
    public void Collect()
    {
        lock (_lock)
        {
            if (_reader is null)
                return;
            var buffer = ArrayPool<byte>.Shared.Rent(PipeBytes);
            try
            {
                if (Read(buffer) is > 0 and var count)
                    Append(buffer.AsSpan(0, count));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The disk is full, or the directory is gone.
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>The last bytes QEMU printed, or null when it printed nothing that can be read.</summary>
    /// <param name="most">Most bytes to return.</param>
    public string? Tail(int most)
    {
        Collect();
        try
        {
            using var log = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(log);
            var buffer = new byte[Math.Min(most, length)];
            var text = Encoding.UTF8.GetString(buffer, 0, RandomAccess.Read(log, buffer, length - buffer.Length)).Trim();
            return text.Length == 0 ? null : length > most ? "..." + text : text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lets the pipe go and removes what there is of it and of the file.</summary>
    public void Remove()
    {
        Dispose();
        File.Delete(pipe);
        File.Delete(file);
    }

    /// <summary>Lets the pipe go.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _reader?.Dispose();
            _reader = null;
        }
    }

    /// <summary>Bytes read; an empty pipe is an error of the call, and of no interest.</summary>
    private unsafe int Read(byte[] buffer)
    {
        fixed (byte* start = buffer)
            return (int)Native.Read(_reader!, start, (nuint)buffer.Length);
    }

    private void Append(ReadOnlySpan<byte> printed)
    {
        using var log = File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var length = RandomAccess.GetLength(log);
        if (length + printed.Length > MaxBytes)
        {
            var kept = new byte[KeptBytes];
            RandomAccess.Read(log, kept, length - kept.Length);
            RandomAccess.Write(log, kept, 0);
            RandomAccess.SetLength(log, length = kept.Length);
        }

        RandomAccess.Write(log, printed, length);
    }
}
