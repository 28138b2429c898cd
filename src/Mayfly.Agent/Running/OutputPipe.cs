using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Running;

/// <summary>One output stream of a program: always drained, so that the program never blocks, kept up to the bound.</summary>
internal sealed unsafe class OutputPipe
{
    private const int ReadBytes = 4096;

    // One program that floods its output must not keep the loop from the others.
    private const int ReadsPerTurn = 64;
    private readonly EventLoop _loop;
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly int _descriptor;

    internal OutputPipe(EventLoop loop, int descriptor)
    {
        (_loop, _descriptor) = (loop, descriptor);
        loop.Watch(descriptor, PollIn, _ => Drain());
    }

    /// <summary>Called once nobody can write to it any more.</summary>
    internal Action? Closed { get; set; }

    /// <summary>True once nobody can write to it any more.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>True when more came than was kept.</summary>
    internal bool Truncated { get; private set; }

    /// <summary>What was kept, as text; bytes that are not UTF-8 become replacement characters.</summary>
    internal string Text => Encoding.UTF8.GetString(_kept.WrittenSpan);

    /// <summary>Takes what is there now and stops listening.</summary>
    internal void Finish()
    {
        Drain();
        if (!IsClosed)
            _loop.Close(_descriptor);
        IsClosed = true;
    }

    /// <summary>Takes what is there now.</summary>
    internal void Drain()
    {
        var buffer = stackalloc byte[ReadBytes];
        for (var turn = 0; turn < ReadsPerTurn && !IsClosed; turn++)
        {
            var count = (int)Libc.Read(_descriptor, buffer, ReadBytes);
            if (count < 0 && Marshal.GetLastPInvokeError() == Again)
                return;
            if (count > 0)
            {
                Keep(new ReadOnlySpan<byte>(buffer, count));
                continue;
            }
            _loop.Close(_descriptor);
            IsClosed = true;
            Closed?.Invoke();
        }
        if (!IsClosed)
            _loop.Rearm(_descriptor, PollIn);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = ExecResult.MaxOutputBytes - _kept.WrittenCount;
        Truncated |= bytes.Length > room;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
    }
}
