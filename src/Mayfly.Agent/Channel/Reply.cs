using System.Text.Json.Serialization.Metadata;

namespace Mayfly.Agent.Channel;

/// <summary>Where the one answer to a request goes. An answer to a host that has left since is dropped.</summary>
internal sealed class Reply(HostChannel channel, int generation, long id, string verb)
{
    /// <summary>Answers with the verb's result.</summary>
    internal void Send<T>(T body, JsonTypeInfo<T> type) => channel.Send(generation, AgentCodec.Encode(id, verb, body, type));

    /// <summary>Answers that it could not be done.</summary>
    internal void Fail(string error) => channel.Send(generation, AgentCodec.EncodeError(id, verb, error));
}
