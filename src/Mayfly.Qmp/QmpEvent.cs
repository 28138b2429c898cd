using System.Text.Json;

namespace Mayfly.Qmp;

/// <summary>An asynchronous message of QEMU.</summary>
/// <param name="Name">Event name, such as "RESUME".</param>
/// <param name="Data">Its data; <see cref="JsonValueKind.Undefined"/> when it has none.</param>
public sealed record QmpEvent(string Name, JsonElement Data);
