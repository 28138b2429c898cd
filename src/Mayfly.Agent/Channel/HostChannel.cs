using System.Runtime.InteropServices;
using System.Text.Json;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Channel;

/// <summary>
/// The channel to the host. When the host leaves, reads give nothing and the kernel says so once; when it comes back it says so again,
/// so the agent waits for either without asking. What was half read or half written is dropped in between. What is owed is sent to whoever comes:
/// the kernel may tell of a leaving, such as that of a parent's host in its clone, long after the next one has come and asked, and a host takes
/// what it never asked for as a late answer.
/// </summary>
internal sealed unsafe class HostChannel(EventLoop loop, int descriptor, bool endsWithPeer, Action<AgentRequest, Reply> handle)
{
    private const int MaxQueuedFrames = 64;
    private readonly byte[] _scratch = new byte[4096];
    private readonly FrameAssembler _assembler = new();
    private readonly Queue<byte[]> _unsent = new();
    private int _sentOfFirst;

    /// <summary>Starts to listen.</summary>
    internal void Start() => loop.Watch(descriptor, PollIn | PollOut, OnEvent);

    /// <summary>Queues an answer.</summary>
    internal void Send(byte[] frame)
    {
        if (_unsent.Count >= MaxQueuedFrames)
            return;
        _unsent.Enqueue(frame);
        Flush();
    }

    private void OnEvent(uint events)
    {
        var connected = true;
        while (connected && ReadOnce(out connected))
            TakeFrames();
        if (connected)
            Flush();
        else
            HostLeft();
    }

    private bool ReadOnce(out bool connected)
    {
        connected = true;
        fixed (byte* buffer = _scratch)
        {
            var count = (int)Libc.Read(descriptor, buffer, (nuint)_scratch.Length);
            if (count > 0)
                _assembler.Append(_scratch.AsSpan(0, count));
            else if (count == 0)
                connected = false;
            else if (Marshal.GetLastPInvokeError() is var error && error is not (Again or Interrupted))
                throw new SystemCallException("read from the host", error);
            else
                return error == Interrupted;
            return count > 0;
        }
    }

    /// <summary>Handles what is there in whole.</summary>
    private void TakeFrames()
    {
        try
        {
            while (_assembler.TryTake(out var json))
            {
                var request = AgentCodec.Decode(json);
                handle(request, new Reply(this, request.Id, request.Verb));
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidDataException)
        {
            // Nothing can be answered without an id. The host's own deadline tells it; what follows is read afresh.
            _assembler.Clear();
            Diagnostics.Say($"dropped what the host sent: {problem.Message}");
        }
    }

    private void Flush()
    {
        while (_unsent.TryPeek(out var frame))
        {
            fixed (byte* start = frame)
            {
                var count = (int)Libc.Write(descriptor, start + _sentOfFirst, (nuint)(frame.Length - _sentOfFirst));
                if (count < 0)
                    return;
                _sentOfFirst += count;
            }
            if (_sentOfFirst < frame.Length)
                continue;
            _sentOfFirst = 0;
            _unsent.Dequeue();
        }
    }

    private void HostLeft()
    {
        _assembler.Clear();
        if (_sentOfFirst > 0)
            _unsent.Dequeue();
        _sentOfFirst = 0;
        if (endsWithPeer)
            loop.Stop();
    }
}
