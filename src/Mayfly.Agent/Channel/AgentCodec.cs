using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Channel;

/// <summary>
/// Frames to bytes and back: of <see cref="AgentFrame"/> token by token, so that a body is read and written once. What runs first in a fork is
/// translated there under emulation, in each anew: the serializer's way over a document takes 25 ms more before a clone is ready.
/// </summary>
internal static class AgentCodec
{
    private const int PrefixBytes = sizeof(uint);
    private const int MaxErrorLength = 2000;
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Verb = JsonEncodedText.Encode("verb");
    private static readonly JsonEncodedText BodyName = JsonEncodedText.Encode("body");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");

    /// <summary>Reads the JSON of one frame.</summary>
    /// <exception cref="JsonException">It is not a frame.</exception>
    internal static AgentRequest Decode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The frame is no object.");
        long? id = null;
        string? verb = null;
        byte[] body = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(Id.EncodedUtf8Bytes))
                id = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : throw new JsonException("The id is no number.");
            else if (reader.ValueTextEquals(Verb.EncodedUtf8Bytes))
                verb = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("The verb is no text.");
            else if (reader.ValueTextEquals(BodyName.EncodedUtf8Bytes))
                body = Value(json, ref reader);
            else
                reader.Skip();
        }
        return id is { } known && verb is not null ? new AgentRequest(known, verb, body) : throw new JsonException("The frame has no id or no verb.");
    }

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="JsonException">It is missing or not of that kind.</exception>
    internal static T Body<T>(AgentRequest request, JsonTypeInfo<T> type) where T : class =>
        (request.Body.Length > 0 ? JsonSerializer.Deserialize(request.Body, type) : null) ?? throw new JsonException($"{request.Verb} needs a body.");

    /// <summary>A frame with a body, length prefix included.</summary>
    internal static byte[] Encode<T>(long id, string verb, T body, JsonTypeInfo<T> type) => Encode(id, verb, writer =>
    {
        writer.WritePropertyName(BodyName);
        JsonSerializer.Serialize(writer, body, type);
    });

    /// <summary>An answer that says what went wrong, length prefix included.</summary>
    internal static byte[] EncodeError(long id, string verb, string error) =>
        Encode(id, verb, writer => writer.WriteString(Error, error.Length <= MaxErrorLength ? error : error[..MaxErrorLength]));

    private static byte[] Value(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("The frame ends before its body.");
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed].ToArray();
    }

    private static byte[] Encode(long id, string verb, Action<Utf8JsonWriter> writeRest)
    {
        var wire = new ArrayBufferWriter<byte>();
        wire.Write(stackalloc byte[PrefixBytes]);
        using (var writer = new Utf8JsonWriter(wire))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Id, id);
            writer.WriteString(Verb, verb);
            writeRest(writer);
            writer.WriteEndObject();
        }
        var bytes = wire.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(bytes.Length - PrefixBytes));
        return bytes;
    }
}
