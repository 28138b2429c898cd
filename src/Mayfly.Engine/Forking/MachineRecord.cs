using System.Text.Json;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Forking;

/// <summary>What the next mayflyd must know to take a machine over, in <c>machine.json</c>; written once the machine is READY.</summary>
/// <param name="MachineId">Its id.</param>
/// <param name="Hostname">Its host name.</param>
/// <param name="Image">What it was forked from.</param>
/// <param name="Uuid">UUID of its process.</param>
/// <param name="NetworkSlot">Number of its address slot.</param>
/// <param name="Network">Its network identity.</param>
/// <param name="Timeline">How long its making took.</param>
internal sealed record MachineRecord(
    string MachineId, string Hostname, ImageVersion Image, Guid Uuid, int NetworkSlot, NetworkIdentity Network, ForkTimeline Timeline)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // A damaged record must not come through with holes in it.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes it down durably.</summary>
    public Task WriteAsync(MachineDirectory directory, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(directory.Record, JsonSerializer.SerializeToUtf8Bytes(this, Json), cancellationToken);

    /// <summary>Reads it, or null when there is none that can be read: then the machine was never READY, or can not be trusted.</summary>
    public static MachineRecord? Read(MachineDirectory directory)
    {
        try
        {
            return JsonSerializer.Deserialize<MachineRecord>(File.ReadAllText(directory.Record), Json);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }
}
