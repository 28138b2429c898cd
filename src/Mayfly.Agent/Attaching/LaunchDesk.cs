using System.Runtime.InteropServices;
using System.Text;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Attaching;

/// <summary>
/// Menu entries of packages that come when they are first started. An entry runs the image's <c>launch</c>, which writes the entry's id into one
/// pipe and waits at another of its own for the name of the real entry.
/// </summary>
internal sealed unsafe class LaunchDesk(EventLoop loop)
{
    private const string Entries = AttachPaths.Share + "/applications";
    private const string EntryPrefix = "mayfly-launch-";
    private const string Asking = "/run/mayfly/launch";
    private const string Answers = "/run/mayfly/launched";
    private const string Program = "/usr/lib/mayfly/launch";
    private const int MostLaunchers = 256;
    private const int LineBytes = 128;
    private const int MostWaiting = 16;
    private const int MostReads = 16;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // Anybody in the guest may start an entry and wait for it.
    private const uint WrittenByAll = 0x1B6;
    private readonly Dictionary<string, Launcher> _launchers = [];
    private readonly Dictionary<string, int> _pipes = [];
    private readonly Queue<string> _started = new();
    private readonly Dictionary<string, int> _waiting = [];
    private Reply? _reply;
    private int _asking = -1;
    private Alarm? _rest;

    /// <summary>Shows these entries and no others, and answers with the id of the next that is started.</summary>
    internal void Await(AwaitLaunchRequest request, Reply reply)
    {
        if (request.Launchers is null or { Count: > MostLaunchers } || !request.Launchers.All(LauncherEntry.IsProper))
        {
            reply.Fail("a launcher is malformed, or there are too many");
            return;
        }
        _reply?.Fail("another request took its place");
        _reply = reply;
        Show(request.Launchers);
        Listen();
        Answer();
    }

    /// <summary>Tells those that wait for an entry that is there now.</summary>
    internal void Serve()
    {
        foreach (var (id, count) in _waiting.ToList())
        {
            if (!_launchers.TryGetValue(id, out var launcher) || !File.Exists($"/usr/share/applications/{launcher.DesktopEntry}"))
                continue;
            for (var told = 0; told < count; told++)
                Tell(_pipes[id], launcher.DesktopEntry);
            _waiting.Remove(id);
        }
    }

    private void Show(IReadOnlyList<Launcher> launchers)
    {
        Directory.CreateDirectory(Entries);
        Directory.CreateDirectory(Answers);
        var wanted = launchers.ToDictionary(launcher => launcher.Id);
        foreach (var gone in _launchers.Keys.Where(id => !wanted.ContainsKey(id)).ToList())
            Remove(gone);
        foreach (var launcher in launchers)
        {
            if (_launchers.TryAdd(launcher.Id, launcher))
                _pipes[launcher.Id] = MakePipe($"{Answers}/{launcher.Id}");
            _launchers[launcher.Id] = launcher;
            SystemFile.WriteNew($"{Entries}/{EntryPrefix}{launcher.Id}.desktop", LauncherEntry.Text(launcher, Program), 0x1A4);
        }
    }

    // Whoever waits already keeps the pipe, and what was written into it.
    private void Remove(string id)
    {
        File.Delete($"{Entries}/{EntryPrefix}{id}.desktop");
        File.Delete($"{Answers}/{id}");
        if (_pipes.Remove(id, out var pipe))
            _ = Libc.Close(pipe);
        _launchers.Remove(id);
        _waiting.Remove(id);
    }

    private void Listen()
    {
        if (_asking >= 0)
            return;
        _asking = MakePipe(Asking);
        loop.Watch(_asking, PollIn, _ => Hear());
    }

    private void Hear()
    {
        if (_rest is not null)
            return;
        var buffer = stackalloc byte[LineBytes];
        int count, reads = 0;
        // A line is written whole. What is none of ours says nothing; one that floods the pipe fills a short queue, and then waits itself.
        while (reads++ < MostReads && (count = (int)Libc.Read(_asking, buffer, LineBytes)) > 0)
        {
            foreach (var id in Encoding.ASCII.GetString(buffer, count).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(_launchers.ContainsKey))
                Note(id);
        }
        if (reads > MostReads)
            ListenLater();
        Answer();
        Serve();
    }

    private void ListenLater()
    {
        _rest = new Alarm(loop, Rest, repeat: false, () =>
        {
            _rest?.Stop();
            _rest = null;
            loop.Rearm(_asking, PollIn);
        });
    }

    private void Note(string id)
    {
        var waiting = _waiting.GetValueOrDefault(id);
        if (waiting >= MostWaiting)
            return;
        _waiting[id] = waiting + 1;
        if (!_started.Contains(id))
            _started.Enqueue(id);
    }

    private void Answer()
    {
        while (_reply is { } reply && _started.TryDequeue(out var id))
        {
            if (!_launchers.ContainsKey(id))
                continue;
            _reply = null;
            reply.Send(new LaunchReport(id), AgentJson.Default.LaunchReport);
        }
    }

    private static void Tell(int pipe, string entry)
    {
        var line = Encoding.UTF8.GetBytes(entry + "\n");
        fixed (byte* start = line)
            _ = Libc.Write(pipe, start, (nuint)line.Length);
    }

    /// <summary>Makes a pipe anew and holds both its ends, so that neither side of it ever waits for the other to come.</summary>
    private static int MakePipe(string path)
    {
        _ = Libc.Unlink(path);
        SystemCallException.Check(Libc.MakeFifo(path, WrittenByAll), $"mkfifo {path}");
        var pipe = SystemCallException.Check(Libc.Open(path, ReadWrite | NonBlocking | CloseOnExec | NoFollow, 0), $"open {path}");
        // The umask may have taken bits away.
        if (Libc.FChmod(pipe, WrittenByAll) >= 0)
            return pipe;
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(pipe);
        throw new SystemCallException($"fchmod {path}", error);
    }
}
