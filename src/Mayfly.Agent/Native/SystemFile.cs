using System.Buffers;
using System.Runtime.InteropServices;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Native;

/// <summary>Small files by plain system calls: flags and modes are exactly those asked for, and there is less to translate in a fork.</summary>
internal static unsafe class SystemFile
{
    private const int MostRead = 65536;

    /// <summary>The text of a file, at most its first 64 KiB; null when it is not there.</summary>
    internal static string? Read(string path)
    {
        var file = Libc.Open(path, ReadOnly | CloseOnExec, 0);
        if (file < 0 && Marshal.GetLastPInvokeError() is NoEntry)
            return null;
        SystemCallException.Check(file, $"open {path}");
        try
        {
            return ReadAll(file, path);
        }
        finally
        {
            _ = Libc.Close(file);
        }
    }

    // Files of /proc and /sys tell no size.
    private static string ReadAll(int file, string path)
    {
        Span<byte> part = stackalloc byte[1024];
        var text = new ArrayBufferWriter<byte>();
        fixed (byte* start = part)
        {
            while (text.WrittenCount < MostRead && SystemCallException.Check((int)Libc.Read(file, start, (nuint)part.Length), $"read {path}") is > 0 and var count)
                text.Write(part[..count]);
        }
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>
    /// Replaces the content of a file and keeps its inode; makes it when it is missing. What was there is written over, rather than cut off first: a file
    /// that was cut off ext4 brings to the disk when it is closed, which takes a fork longer than all else of ClonePrep.
    /// </summary>
    internal static void WriteInPlace(string path, string content, uint mode = 0x1A4) => Write(path, WriteOnly | Create, mode, file =>
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var before = Libc.Seek(file, 0, FromEnd);
        if (before < 0 || Libc.Seek(file, 0, FromStart) < 0)
            throw new SystemCallException($"lseek {path}", Marshal.GetLastPInvokeError());
        WriteAll(file, bytes, path);
        if (before > bytes.Length)
            SystemCallException.Check(Libc.Truncate(file, bytes.Length), $"ftruncate {path}");
    });

    /// <summary>Puts a new file in place of whatever is there; never follows a link and never writes into a file someone holds open.</summary>
    internal static void WriteNew(string path, string content, uint mode)
    {
        if (Libc.Unlink(path) < 0 && Marshal.GetLastPInvokeError() is var error && error != NoEntry)
            throw new SystemCallException($"unlink {path}", error);
        Write(path, WriteOnly | Create | Exclusive | NoFollow, mode, file =>
        {
            // The umask may have taken bits away.
            SystemCallException.Check(Libc.FChmod(file, mode), $"fchmod {path}");
            WriteAll(file, System.Text.Encoding.UTF8.GetBytes(content), path);
        });
    }

    /// <summary>Holds a text in a file that has no name, and gives its descriptor, to be read from its beginning.</summary>
    internal static int Hold(string name, string content)
    {
        var file = SystemCallException.Check(Libc.MemoryFile(name, MemoryCloseOnExec), "memfd_create");
        try
        {
            WriteAll(file, System.Text.Encoding.UTF8.GetBytes(content), name);
            return Libc.Seek(file, 0, FromStart) == 0 ? file : throw new SystemCallException($"lseek {name}", Marshal.GetLastPInvokeError());
        }
        catch
        {
            _ = Libc.Close(file);
            throw;
        }
    }

    private static void Write(string path, int flags, uint mode, Action<int> write)
    {
        var file = SystemCallException.Check(Libc.Open(path, flags | CloseOnExec, mode), $"open {path}");
        try
        {
            write(file);
        }
        finally
        {
            _ = Libc.Close(file);
        }
    }

    /// <summary>Writes all bytes to a blocking descriptor.</summary>
    internal static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes, string name)
    {
        fixed (byte* start = bytes)
        {
            for (var done = 0; done < bytes.Length;)
                done += SystemCallException.Check((int)Libc.Write(descriptor, start + done, (nuint)(bytes.Length - done)), $"write {name}");
        }
    }
}
