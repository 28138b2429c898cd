using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Channel;

/// <summary>Frames to bytes and back.</summary>
internal static class AgentCodec
{
    private const int PrefixBytes = sizeof(uint);
    private const int MaxErrorLength = 2000;

    /// <summary>Reads the JSON of one frame.</summary>
    /// <exception cref="JsonException">It is not a frame.</exception>
    internal static AgentFrame Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, AgentJson.Default.AgentFrame) ?? throw new JsonException("The frame is null.");

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="JsonException">It is missing or not of that kind.</exception>
    internal static T Body<T>(AgentFrame frame, JsonTypeInfo<T> type) where T : class =>
        frame.Body?.Deserialize(type) ?? throw new JsonException($"{frame.Verb} needs a body.");

    /// <summary>An answer with a result, length prefix included.</summary>
    internal static byte[] Encode<T>(long id, string verb, T body, JsonTypeInfo<T> type) =>
        Encode(new AgentFrame { Id = id, Verb = verb, Body = JsonSerializer.SerializeToElement(body, type) });

    /// <summary>An answer that says what went wrong, length prefix included.</summary>
    internal static byte[] EncodeError(long id, string verb, string error) =>
        Encode(new AgentFrame { Id = id, Verb = verb, Error = error.Length <= MaxErrorLength ? error : error[..MaxErrorLength] });

    /// <summary>A frame as it goes over the wire.</summary>
    internal static byte[] Encode(AgentFrame frame)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(frame, AgentJson.Default.AgentFrame);
        var bytes = new byte[PrefixBytes + json.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)json.Length);
        json.CopyTo(bytes, PrefixBytes);
        return bytes;
    }
}
