namespace Mayfly.Agent.Channel;

/// <summary>What the host asks in one frame.</summary>
/// <param name="Id">Repeated in the answer.</param>
/// <param name="Verb">One of the protocol's verbs.</param>
/// <param name="Body">JSON of the verb's request; empty when there is none.</param>
internal readonly record struct AgentRequest(long Id, string Verb, byte[] Body);
