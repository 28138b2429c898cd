using System.Buffers.Binary;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Channel;

/// <summary>Cuts the byte stream of the host into frames. Memory grows with the bytes that came, never with the length announced.</summary>
internal sealed class FrameAssembler
{
    private const int PrefixBytes = sizeof(uint);
    private const int SmallBytes = 4096;
    private byte[] _buffer = new byte[SmallBytes];
    private int _start;
    private int _end;

    /// <summary>Adds bytes as they were read.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _buffer.Length)
            MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the next whole frame, valid until the next call; false when more bytes are needed.</summary>
    /// <exception cref="InvalidDataException">The length announced is impossible; the stream has lost its framing.</exception>
    internal bool TryTake(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        var held = _buffer.AsSpan(_start, _end - _start);
        if (held.Length < PrefixBytes)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(held);
        if (length is 0 or > AgentFrame.MaxBytes)
            throw new InvalidDataException($"A frame of {length} bytes was announced.");
        if (held.Length - PrefixBytes < length)
            return false;
        frame = held.Slice(PrefixBytes, (int)length);
        _start += PrefixBytes + (int)length;
        return true;
    }

    /// <summary>Forgets everything held.</summary>
    internal void Clear()
    {
        _start = _end = 0;
        if (_buffer.Length > SmallBytes)
            _buffer = new byte[SmallBytes];
    }

    private void MakeRoom(int more)
    {
        var held = _buffer.AsSpan(_start, _end - _start);
        var target = held.Length + more <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, held.Length + more)];
        held.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, held.Length);
    }
}
