using Mayfly.Agent.Attaching;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Personas;

/// <summary>
/// Parts of a persona that are brought when a program starts: the first start waits until the host has brought them, however somebody starts it, and
/// the host is told when the last process has ended.
/// </summary>
internal sealed class ProgramDesk(EventLoop loop, GuestPaths paths)
{
    private const int Most = 256;
    private const int MostPrograms = 32;
    private const int MostFollowed = 256;
    private const int LongestPath = 1024;

    // What a person waits for at the most.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, WatchedPart> _parts = [];
    private readonly Dictionary<(ulong Device, ulong Inode), List<WatchedPart>> _files = [];
    private readonly List<Waiting> _waiting = [];
    private readonly Dictionary<int, (int Handle, List<WatchedPart> Parts)> _running = [];
    private ProgramGate? _gate;
    private Reply? _reply;

    /// <summary>True once the host has named parts.</summary>
    internal bool IsWatching => _parts.Count > 0;

    /// <summary>Since when what is changed of a part is its user's; null when it is no part that was brought here at a start.</summary>
    internal HomeChanges? ChangesOf(string part) => _parts.GetValueOrDefault(part)?.Changes;

    /// <summary>Answers <see cref="AgentVerbs.WatchPrograms"/>.</summary>
    internal void Watch(WatchProgramsRequest request, Reply reply)
    {
        if (request.Parts is null or { Count: > Most } || !request.Parts.All(IsProper))
        {
            reply.Fail("a part is malformed, or there are too many");
            return;
        }
        if (request.Parts.Count > 0)
            _gate ??= ProgramGate.Open(loop, DesktopAccount.Find(paths).Id, Hold);
        foreach (var gone in _parts.Keys.Except(request.Parts.Select(part => part.Name)).ToList())
            Leave(gone);
        foreach (var part in request.Parts)
            Take(part);
        MarkAll();
        LetGoThoseThatCan();
        reply.Send(new WatchProgramsReport(Names(part => part.Ready), Names(part => part.Late)), AgentJson.Default.WatchProgramsReport);
    }

    /// <summary>Watches nothing any more.</summary>
    internal void Forget()
    {
        // So it is in nearly every fork, which would translate what follows for nothing.
        if (!IsWatching)
            return;
        foreach (var part in _parts.Keys.ToList())
            Leave(part);
        MarkAll();
        LetGoThoseThatCan();
    }

    /// <summary>Answers <see cref="AgentVerbs.AwaitProgram"/>.</summary>
    internal void Await(AwaitProgramRequest request, Reply reply)
    {
        if (request.Ended is { } ended)
            _parts.GetValueOrDefault(ended)?.ForgetEnd();
        _reply?.Fail("another request took its place");
        _reply = reply;
        Answer();
    }

    /// <summary>Other files may have come in place of the programs, or the programs with them.</summary>
    internal void LookAgain()
    {
        try
        {
            MarkAll();
        }
        catch (SystemCallException problem)
        {
            Diagnostics.Say($"not all programs wait for their settings: {problem.Message}");
        }
    }

    private void Take(ProgramPart named)
    {
        var known = _parts.TryGetValue(named.Name, out var part);
        part ??= _parts[named.Name] = new WatchedPart();
        part.Programs = named.Programs;
        if (named.Ready && !part.Ready)
            part.BecomeReady(now: known);
    }

    // Nothing is brought of it any more.
    private void Leave(string name)
    {
        if (_parts.Remove(name, out var part))
            part.BecomeReady(now: false);
    }

    private void MarkAll()
    {
        _files.Clear();
        foreach (var part in _parts.Values)
        {
            foreach (var path in part.Programs.Select(paths.In))
            {
                // What is not there may come with a package.
                if (FileStatus.TryOfTarget(path) is not { IsFile: true } status)
                    continue;
                _gate!.Mark(path);
                var key = (status.DeviceNumber, status.Inode);
                if (!_files.TryGetValue(key, out var parts))
                    _files[key] = parts = [];
                parts.Add(part);
            }
        }
    }

    private void Hold(RunEvent program)
    {
        List<WatchedPart> parts = FileStatus.TryOfTarget($"/proc/self/fd/{program.File}") is { } status ? _files.GetValueOrDefault((status.DeviceNumber, status.Inode)) ?? [] : [];
        var waiting = new Waiting(program, parts);
        if (!waiting.HasTo)
        {
            LetGo(waiting);
            return;
        }
        waiting.Limit = new Alarm(loop, Longest, repeat: false, () => GiveUp(waiting));
        _waiting.Add(waiting);
        Answer();
    }

    private void GiveUp(Waiting waiting)
    {
        foreach (var part in waiting.Parts.Where(part => part.IsAwaited))
            part.Late = true;
        LetGoThoseThatCan();
    }

    private void LetGoThoseThatCan()
    {
        foreach (var waiting in _waiting.Where(waiting => !waiting.HasTo).ToList())
        {
            _waiting.Remove(waiting);
            waiting.Limit?.Stop();
            LetGo(waiting);
        }
    }

    private void LetGo(Waiting waiting)
    {
        if (waiting.Parts.Count > 0)
            Follow(waiting.Program.Process, waiting.Parts);
        _gate!.LetGo(waiting.Program);
    }

    // While it still waits, so that its number is no other's.
    private void Follow(int process, List<WatchedPart> parts)
    {
        if (_running.TryGetValue(process, out var known))
        {
            parts = [.. known.Parts.Union(parts)];
            _running[process] = known with { Parts = parts };
        }
        else
        {
            if (_running.Count >= MostFollowed || (int)Libc.SystemCall(PidFdOpen, process, 0) is var handle && handle < 0)
                return;
            _running[process] = (handle, parts);
            loop.Watch(handle, PollIn, _ => End(process));
        }
        foreach (var part in parts)
            part.Began(process);
    }

    private void End(int process)
    {
        if (!_running.Remove(process, out var known))
            return;
        loop.Close(known.Handle);
        foreach (var part in known.Parts)
            part.End(process, loop, Answer);
    }

    /// <summary>Tells the host of one thing that is so now; those who wait go first.</summary>
    private void Answer()
    {
        if (_reply is not { } reply)
            return;
        var awaited = _parts.FirstOrDefault(named => named.Value.IsAwaited && _waiting.Exists(waiting => waiting.Parts.Contains(named.Value)));
        var next = awaited.Value is null ? _parts.FirstOrDefault(named => named.Value.Ended) : awaited;
        if (next.Value is null)
            return;
        if (awaited.Value is null)
            next.Value.TellEnd();
        _reply = null;
        reply.Send(new ProgramReport(next.Key, Ended: awaited.Value is null), AgentJson.Default.ProgramReport);
    }

    private List<string> Names(Func<WatchedPart, bool> which) => [.. _parts.Where(named => which(named.Value)).Select(named => named.Key)];

    private static bool IsProper(ProgramPart? part) => part is { Name: not null, Programs.Count: <= MostPrograms } && part.Programs.All(IsProgram);

    private static bool IsProgram(string? path) => path is ['/', ..] && path.Length <= LongestPath && !path.Contains('\0', StringComparison.Ordinal);

    /// <summary>A program that was stopped at its start.</summary>
    private sealed record Waiting(RunEvent Program, List<WatchedPart> Parts)
    {
        public Alarm? Limit { get; set; }

        public bool HasTo => Parts.Exists(part => part.IsAwaited);
    }
}
