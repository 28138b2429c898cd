using System.Runtime.InteropServices;
using System.Text.Json;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Channel;

/// <summary>
/// The channel to the host. When the host leaves, reads give nothing and the kernel says so once; when it comes back it says so again,
/// so the agent waits for either without asking. Whatever was half read or half written is dropped in between. What the host asks may come
/// before the kernel knows that it is back: reads give nothing after it, and that is no leaving.
/// </summary>
internal sealed unsafe class HostChannel(EventLoop loop, int descriptor, bool endsWithPeer, Action<AgentRequest, Reply> handle)
{
    private const int MaxQueuedFrames = 64;
    private readonly byte[] _scratch = new byte[4096];
    private readonly FrameAssembler _assembler = new();
    private readonly Queue<byte[]> _unsent = new();
    private int _sentOfFirst;
    private int _generation;

    // True once the kernel has said that the host is there.
    private bool _present;

    /// <summary>Starts to listen.</summary>
    internal void Start() => loop.Watch(descriptor, PollIn | PollOut, OnEvent);

    /// <summary>Queues an answer for the host connection of that generation.</summary>
    internal void Send(int generation, byte[] frame)
    {
        if (generation != _generation || _unsent.Count >= MaxQueuedFrames)
            return;
        _unsent.Enqueue(frame);
        Flush();
    }

    private void OnEvent(uint events)
    {
        var (connected, asked) = (true, false);
        while (connected && ReadOnce(out connected))
            asked |= TakeFrames();
        if (connected)
        {
            _present = true;
            Flush();
        }
        else if (asked && !endsWithPeer)
            HostIsBack();
        else if (_present || endsWithPeer)
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

    /// <summary>Handles what is there in whole; false when there was nothing.</summary>
    private bool TakeFrames()
    {
        var asked = false;
        try
        {
            while (_assembler.TryTake(out var json))
            {
                asked = true;
                var request = AgentCodec.Decode(json);
                handle(request, new Reply(this, _generation, request.Id, request.Verb));
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidDataException)
        {
            // Nothing can be answered without an id. The host's own deadline tells it; what follows is read afresh.
            _assembler.Clear();
            Diagnostics.Say($"dropped what the host sent: {problem.Message}");
        }
        return asked;
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

    // The kernel knows that the host has left, and not yet that it is back and has asked. The answer is sent once the kernel knows: one that has
    // left for good does not mind it, and the next one takes it for a late answer.
    private void HostIsBack()
    {
        _present = false;
        _assembler.Clear();
    }

    private void HostLeft()
    {
        _present = false;
        _generation++;
        _assembler.Clear();
        _unsent.Clear();
        _sentOfFirst = 0;
        if (endsWithPeer)
            loop.Stop();
    }
}
