using System.Buffers.Binary;
using System.Text.Json;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

/// <summary>Frames of the agent protocol on a stream, read with suspicion.</summary>
internal static class FrameCodec
{
    private const int PrefixBytes = sizeof(uint);
    private const int FirstBytes = 4096;
    private const int MaxDepth = 8;

    /// <summary>A frame as it goes over the wire.</summary>
    /// <exception cref="ArgumentException">It is larger than a frame may be.</exception>
    internal static byte[] Encode(AgentFrame frame)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(frame, AgentJson.Default.AgentFrame);
        if (json.Length > AgentFrame.MaxBytes)
            throw new ArgumentException($"The {frame.Verb} request has {json.Length} bytes; {AgentFrame.MaxBytes} is the most.", nameof(frame));
        var wire = new byte[PrefixBytes + json.Length];
        BinaryPrimitives.WriteUInt32BigEndian(wire, (uint)json.Length);
        json.CopyTo(wire, PrefixBytes);
        return wire;
    }

    /// <summary>Reads one frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The length is impossible, or the stream ended within a frame.</exception>
    /// <exception cref="JsonException">The frame is not what a frame should be.</exception>
    internal static async Task<AgentFrame?> ReadAsync(Stream channel, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixBytes];
        var got = await channel.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (got == 0)
            return null;
        if (got < PrefixBytes)
            throw new InvalidDataException("The stream ended within a length.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (length is 0 or > AgentFrame.MaxBytes)
            throw new InvalidDataException($"A frame of {length} bytes was announced; {AgentFrame.MaxBytes} is the most.");
        return Decode((await ReadBodyAsync(channel, (int)length, cancellationToken).ConfigureAwait(false)).Span);
    }

    /// <summary>Reads the JSON of one frame.</summary>
    internal static AgentFrame Decode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var frame = JsonSerializer.Deserialize(ref reader, AgentJson.Default.AgentFrame) ?? throw new JsonException("The frame is null.");
        return reader.BytesConsumed == json.Length ? frame : throw new JsonException("There is something after the frame.");
    }

    // The buffer grows with what has come, so that a length costs the guest as many bytes as it costs us.
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Stream channel, int length, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(length, FirstBytes)];
        for (var got = 0; ;)
        {
            var count = await channel.ReadAsync(buffer.AsMemory(got), cancellationToken).ConfigureAwait(false);
            if (count == 0)
                throw new InvalidDataException("The stream ended within a frame.");
            got += count;
            if (got == length)
                return buffer.AsMemory(0, length);
            if (got == buffer.Length)
                Array.Resize(ref buffer, Math.Min(length, buffer.Length * 2));
        }
    }
}
