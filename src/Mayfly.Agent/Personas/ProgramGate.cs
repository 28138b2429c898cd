using System.Runtime.InteropServices;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Personas;

/// <summary>
/// Has the kernel stop programs at the moment they are to be run. Whoever starts a program waits with it, also the loop when it starts one itself:
/// so a thread of its own answers at once for all that are not to wait, and hands the others to the loop. Who waits when the agent dies goes on.
/// </summary>
internal sealed unsafe class ProgramGate
{
    private const int Batch = 16;
    private const int StackBytes = 256 << 10;

    // Each has a file of the agent open; of a flood, the rest goes on.
    private const int MostHeld = 64;
    private readonly uint _account;
    private readonly int _gate;
    private readonly int _toLoop;
    private int _held;

    private ProgramGate(EventLoop loop, uint account, Action<RunEvent> held)
    {
        _account = account;
        _gate = SystemCallException.Check(LibcFanotify.Create(LibcFanotify.Content | LibcFanotify.CloseOnExec, ReadOnly | CloseOnExec), "fanotify_init");
        var ends = stackalloc int[2];
        SystemCallException.Check(Libc.Pipe(ends, CloseOnExec | NonBlocking), "pipe2");
        (var fromThread, _toLoop) = (ends[0], ends[1]);
        loop.Watch(fromThread, PollIn, _ => Take(fromThread, held));
    }

    /// <summary>Begins.</summary>
    /// <param name="loop">Where programs that wait are told.</param>
    /// <param name="account">Whose programs may have to wait.</param>
    /// <param name="held">Called in the loop with one that waits until it gets to <see cref="LetGo"/>.</param>
    /// <exception cref="SystemCallException">The kernel can not.</exception>
    internal static ProgramGate Open(EventLoop loop, uint account, Action<RunEvent> held)
    {
        var gate = new ProgramGate(loop, account, held);
        new Thread(gate.Listen, StackBytes) { IsBackground = true, Name = "programs" }.Start();
        return gate;
    }

    /// <summary>Has whoever runs this file wait from now on; again is no failure.</summary>
    /// <exception cref="SystemCallException">The kernel can not.</exception>
    internal void Mark(string path) =>
        SystemCallException.Check(LibcFanotify.Mark(_gate, LibcFanotify.AddMark, LibcFanotify.OpenToRun, LibcFanotify.NoFolder, path), $"fanotify_mark {path}");

    /// <summary>Lets one go on that was held.</summary>
    internal void LetGo(RunEvent program)
    {
        Allow(program.File);
        Interlocked.Decrement(ref _held);
    }

    private void Take(int pipe, Action<RunEvent> held)
    {
        RunEvent program;
        while (Libc.Read(pipe, (byte*)&program, (nuint)sizeof(RunEvent)) == sizeof(RunEvent))
            held(program);
    }

    private void Listen()
    {
        var events = stackalloc RunEvent[Batch];
        while (true)
        {
            var count = (int)Libc.Read(_gate, (byte*)events, (nuint)(Batch * sizeof(RunEvent)));
            // An agent that can not hear who waits must not keep them: it ends, and is started anew.
            if (count < 0 && Marshal.GetLastPInvokeError() is var error && error is not (Interrupted or TooMany or TooManyOfAll))
                throw new SystemCallException("read who is to be run", error);
            for (var i = 0; i < count / sizeof(RunEvent); i++)
                Decide(events[i]);
        }
    }

    private void Decide(RunEvent program)
    {
        // What says only that the queue was full has no file.
        if (program.File >= 0 && !(IsToWait(program.Process) && HandOver(program)))
            Allow(program.File);
    }

    private bool HandOver(RunEvent program)
    {
        if (Interlocked.Increment(ref _held) <= MostHeld && Libc.Write(_toLoop, (byte*)&program, (nuint)sizeof(RunEvent)) == sizeof(RunEvent))
            return true;
        Interlocked.Decrement(ref _held);
        return false;
    }

    private bool IsToWait(int process) => ProcessStatus.TryOf(process) is { } status && status.User == _account && !IsOfAgent(status);

    // What the agent runs brings what the others wait for.
    private static bool IsOfAgent(ProcessStatus status)
    {
        const int most = 64;
        for (var i = 0; i < most && status.Parent > 1; i++)
        {
            if (status.Parent == Environment.ProcessId)
                return true;
            if (ProcessStatus.TryOf(status.Parent) is not { } parent)
                return false;
            status = parent;
        }
        return false;
    }

    private void Allow(int file)
    {
        var answer = new RunAnswer { File = file, Answer = LibcFanotify.Allow };
        // One that was killed meanwhile gets none.
        _ = Libc.Write(_gate, (byte*)&answer, (nuint)sizeof(RunAnswer));
        _ = Libc.Close(file);
    }
}
