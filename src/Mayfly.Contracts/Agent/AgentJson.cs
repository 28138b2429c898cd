using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayfly.Contracts.Agent;

/// <summary>Source-generated JSON of the agent protocol: camel case, nulls left out, works without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentFrame))]
[JsonSerializable(typeof(AgentHello))]
[JsonSerializable(typeof(SettleRequest))]
[JsonSerializable(typeof(SettleReport))]
[JsonSerializable(typeof(CleanseReport))]
[JsonSerializable(typeof(ClonePrepRequest))]
[JsonSerializable(typeof(ClonePrepReport))]
[JsonSerializable(typeof(ExecRequest))]
[JsonSerializable(typeof(ExecResult))]
[JsonSerializable(typeof(SetScreenRequest))]
[JsonSerializable(typeof(SetScreenReport))]
[JsonSerializable(typeof(AttachRequest))]
[JsonSerializable(typeof(AttachReport))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(ReleaseReport))]
[JsonSerializable(typeof(PackRequest))]
[JsonSerializable(typeof(PackReport))]
[JsonSerializable(typeof(AwaitLaunchRequest))]
[JsonSerializable(typeof(LaunchReport))]
[JsonSerializable(typeof(PersonaSaveRequest))]
[JsonSerializable(typeof(PersonaSaveReport))]
[JsonSerializable(typeof(PersonaLoadRequest))]
[JsonSerializable(typeof(PersonaLoadReport))]
[JsonSerializable(typeof(PersonaSetRequest))]
[JsonSerializable(typeof(WatchProgramsRequest))]
[JsonSerializable(typeof(WatchProgramsReport))]
[JsonSerializable(typeof(AwaitProgramRequest))]
[JsonSerializable(typeof(ProgramReport))]
[JsonSerializable(typeof(EnvironmentRequest))]
[JsonSerializable(typeof(EnvironmentReport))]
[JsonSerializable(typeof(EnvironmentProblem))]
public sealed partial class AgentJson : JsonSerializerContext;
