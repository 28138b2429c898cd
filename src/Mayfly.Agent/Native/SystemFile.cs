using System.Runtime.InteropServices;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Native;

/// <summary>Writes small files by plain system calls, so that flags and modes are exactly those asked for.</summary>
internal static unsafe class SystemFile
{
    /// <summary>Replaces the content of a file and keeps its inode; makes it when it is missing.</summary>
    internal static void WriteInPlace(string path, string content, uint mode = 0x1A4) =>
        Write(path, content, WriteOnly | Create | Truncate, mode, setMode: false);

    /// <summary>Puts a new file in place of whatever is there; never follows a link and never writes into a file someone holds open.</summary>
    internal static void WriteNew(string path, string content, uint mode)
    {
        if (Libc.Unlink(path) < 0 && Marshal.GetLastPInvokeError() is var error && error != NoEntry)
            throw new SystemCallException($"unlink {path}", error);
        Write(path, content, WriteOnly | Create | Exclusive | NoFollow, mode, setMode: true);
    }

    private static void Write(string path, string content, int flags, uint mode, bool setMode)
    {
        var file = SystemCallException.Check(Libc.Open(path, flags | CloseOnExec, mode), $"open {path}");
        try
        {
            // The umask may have taken bits away.
            if (setMode)
                SystemCallException.Check(Libc.FChmod(file, mode), $"fchmod {path}");
            WriteAll(file, System.Text.Encoding.UTF8.GetBytes(content), path);
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
