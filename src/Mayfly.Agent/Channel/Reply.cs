using System.Text.Json.Serialization.Metadata;

namespace Mayfly.Agent.Channel;

/// <summary>Where the one answer to a request goes: to the host, or to the one that comes after it.</summary>
internal sealed class Reply(HostChannel channel, long id, string verb)
{
    /// <summary>Answers with the verb's result.</summary>
    internal void Send<T>(T body, JsonTypeInfo<T> type) => channel.Send(AgentCodec.Encode(id, verb, body, type));

    /// <summary>Answers that it could not be done.</summary>
    internal void Fail(string error) => channel.Send(AgentCodec.EncodeError(id, verb, error));
}
