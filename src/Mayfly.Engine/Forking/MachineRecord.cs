using System.Text.Json;
using System.Text.Json.Serialization;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Forking;

/// <summary>What the next mayflyd must know to take a machine over or to start a kept one, in <c>machine.json</c>; written before the machine is READY.</summary>
/// <param name="MachineId">Its id.</param>
/// <param name="Hostname">Its host name.</param>
/// <param name="Image">What it was made of.</param>
/// <param name="Uuid">UUID of its process.</param>
/// <param name="NetworkSlot">Number of its address slot.</param>
/// <param name="Network">Its network identity.</param>
/// <param name="Timeline">How long its making took.</param>
internal sealed record MachineRecord(
    string MachineId, string Hostname, ImageVersion Image, Guid Uuid, int NetworkSlot, NetworkIdentity Network, ForkTimeline Timeline)
{
    /// <summary>How it was made.</summary>
    public ProvisioningKind Kind { get; init; }

    /// <summary>The hardware of its process; null when an earlier version wrote this.</summary>
    public MachineShape? Shape { get; init; }

    /// <summary>What it is told anew at each start; null for a machine that is thrown away with its process.</summary>
    public KeptIdentity? Kept { get; init; }

    /// <summary>False while a kept machine starts: a process found then has not been made its own machine.</summary>
    public bool Ready { get; init; } = true;

    /// <summary>Its operating system, as far as it is known.</summary>
    public string? Os { get; init; }

    /// <summary>What it has attached; what QEMU says of it counts more.</summary>
    public Attachments Attached { get; init; } = Attachments.None;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // A damaged record must not come through with holes in it.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The machine as others see it while it has no process.</summary>
    public HostMachine Off() => new(MachineId, Hostname, Image, 0, Network, Timeline, MachinePhase.Off) { Os = Os };

    /// <summary>Writes it down; for a kept machine durably, and that a user's disk lies beside it. Of any other nothing outlives the host's power.</summary>
    public async Task WriteAsync(MachineDirectory directory, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(this, Json);
        if (Kept is null)
        {
            await DurableFile.WriteSecretUntilPowerOffAsync(directory.Record, content, cancellationToken);
            return;
        }

        await DurableFile.WriteSecretAsync(directory.Record, content, cancellationToken);
        if (File.Exists(directory.KeptMark))
            return;
        await File.WriteAllBytesAsync(directory.KeptMark, [], cancellationToken);
        DurableFile.FlushDirectory(directory.Path);
        DurableFile.FlushDirectory(Path.GetDirectoryName(directory.Path)!);
    }

    /// <summary>
    /// Reads it, or null when there is none that can be read or it belongs to another directory: then the machine was never READY,
    /// or can not be trusted.
    /// </summary>
    public static MachineRecord? Read(MachineDirectory directory)
    {
        try
        {
            var record = JsonSerializer.Deserialize<MachineRecord>(File.ReadAllText(directory.Record), Json);
            return record is not null && MachineDirectory.Of(Path.GetDirectoryName(directory.Path)!, record.Uuid).Path == directory.Path ? record : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
