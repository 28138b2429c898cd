using System.Runtime.InteropServices;
using System.Text;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Cleansing;

/// <summary>The systemd journal. The service holds its newest files open, so it is asked to begin new ones before the old are removed.</summary>
internal static unsafe class Journal
{
    private static readonly string[] Folders = ["/var/log/journal", "/run/log/journal"];
    private const string Socket = "/run/systemd/journal/io.systemd.journal";
    private const int ReceiveTimeLimit = 20;
    private const int SocketLevel = 1;

    /// <summary>Removes all entries but those of the file just begun.</summary>
    internal static void Remove(GuestPaths paths, Removal removal)
    {
        var rotated = Rotate(paths.In(Socket));
        foreach (var folder in Folders.Select(paths.In).Where(Directory.Exists))
        {
            foreach (var file in Directory.GetFiles(folder, "*.journal*", SearchOption.AllDirectories))
            {
                // A name with '@' is archived. Without the service nobody holds any of them.
                if (!rotated || Path.GetFileName(file).Contains('@', StringComparison.Ordinal))
                    removal.Tree(file);
            }
        }
    }

    private static bool Rotate(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            var socket = ChannelOpener.Connect(path, blocking: true);
            try
            {
                var limit = new TimeSpec { Seconds = 10 };
                _ = Libc.SetSocketOption(socket, SocketLevel, ReceiveTimeLimit, &limit, (uint)sizeof(TimeSpec));
                SystemFile.WriteAll(socket, Encoding.ASCII.GetBytes("{\"method\":\"io.systemd.Journal.Rotate\"}\0"), path);
                var answer = stackalloc byte[512];
                // An empty answer means done; an error has its name in it.
                var count = (int)Libc.Read(socket, answer, 512);
                return count > 0 && !Marshal.PtrToStringUTF8((nint)answer, count).Contains("\"error\"", StringComparison.Ordinal);
            }
            finally
            {
                _ = Libc.Close(socket);
            }
        }
        catch (SystemCallException problem)
        {
            Diagnostics.Say($"the journal was not rotated: {problem.Message}");
            return false;
        }
    }
}
