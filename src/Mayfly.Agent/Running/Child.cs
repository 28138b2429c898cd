using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Running;

/// <summary>A program just started, leader of its own session and process group.</summary>
/// <param name="ProcessId">Its process id and that of its group.</param>
/// <param name="Handle">A descriptor that becomes readable when it ends.</param>
/// <param name="Output">Read end of its standard output.</param>
/// <param name="Errors">Read end of its standard error.</param>
internal sealed unsafe record Child(int ProcessId, int Handle, int Output, int Errors)
{
    /// <summary>Starts a program.</summary>
    /// <param name="path">The program.</param>
    /// <param name="command">Its name and arguments.</param>
    /// <param name="streams">Descriptors it reads from and writes to.</param>
    internal static Child Start(string path, IReadOnlyList<string> command, ChildStreams streams = default)
    {
        var output = stackalloc int[2];
        var errors = stackalloc int[2];
        SystemCallException.Check(Libc.Pipe(output, CloseOnExec), "pipe2");
        if (Libc.Pipe(errors, CloseOnExec) < 0)
        {
            ClosePair(output);
            throw new SystemCallException("pipe2", System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
        }
        var failure = Spawn(path, command, streams.Input, streams.Output ?? output[1], errors[1], out var process);
        _ = Libc.Close(output[1]);
        _ = Libc.Close(errors[1]);
        if (failure != 0)
        {
            _ = Libc.Close(output[0]);
            _ = Libc.Close(errors[0]);
            throw new SystemCallException($"start {path}", failure);
        }
        MemoryShortage.TreatAsAny(process);
        // Only our ends: the program's own ends stay as programs expect them.
        _ = Libc.Fcntl(output[0], SetStatusFlags, NonBlocking);
        _ = Libc.Fcntl(errors[0], SetStatusFlags, NonBlocking);
        var handle = SystemCallException.Check((int)Libc.SystemCall(PidFdOpen, process, 0), "pidfd_open");
        return new Child(process, handle, output[0], errors[0]);
    }

    private static int Spawn(string path, IReadOnlyList<string> command, int? input, int output, int errors, out int process)
    {
        var actions = stackalloc byte[LibcSpawn.ObjectBytes];
        var attributes = stackalloc byte[LibcSpawn.ObjectBytes];
        var signals = stackalloc byte[LibcSpawn.ObjectBytes];
        _ = LibcSpawn.InitActions(actions);
        _ = input is { } source ? LibcSpawn.AddDup(actions, source, 0) : LibcSpawn.AddOpen(actions, 0, "/dev/null", ReadOnly, 0);
        _ = LibcSpawn.AddDup(actions, output, 1);
        _ = LibcSpawn.AddDup(actions, errors, 2);
        _ = LibcSpawn.InitAttributes(attributes);
        // The runtime ignores some signals and a child would inherit that.
        _ = LibcSpawn.FillSignals(signals);
        _ = LibcSpawn.SetDefaults(attributes, signals);
        _ = LibcSpawn.EmptySignals(signals);
        _ = LibcSpawn.SetMask(attributes, signals);
        _ = LibcSpawn.SetFlags(attributes, LibcSpawn.SetSignalDefaults | LibcSpawn.SetSignalMask | LibcSpawn.NewSession);
        using var program = new TextBlock([path]);
        using var arguments = new TextBlock(command);
        using var environment = new TextBlock(ProgramFinder.Environment);
        int started;
        var failure = LibcSpawn.Spawn(&started, program.Start[0], actions, attributes, arguments.Start, environment.Start);
        _ = LibcSpawn.DestroyActions(actions);
        _ = LibcSpawn.DestroyAttributes(attributes);
        process = started;
        return failure;
    }

    private static void ClosePair(int* ends)
    {
        _ = Libc.Close(ends[0]);
        _ = Libc.Close(ends[1]);
    }
}

/// <summary>Descriptors of the agent that a program gets.</summary>
/// <param name="Input">What it reads as its standard input; null for nothing.</param>
/// <param name="Output">What it writes to as its standard output; null for the agent.</param>
internal readonly record struct ChildStreams(int? Input, int? Output);
