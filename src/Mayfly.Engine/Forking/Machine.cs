using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Forking;

/// <summary>One running machine.</summary>
internal sealed class Machine
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>What it was made of.</summary>
    public required ImageVersion Image { get; init; }

    /// <summary>How it was made.</summary>
    public ProvisioningKind Kind { get; init; }

    /// <summary>Its process.</summary>
    public required QemuMachine Qemu { get; init; }

    /// <summary>UUID of its process.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Its guest agent. The watch replaces a connection that ended.</summary>
    public required AgentConnection Agent { get; set; }

    /// <summary>Its hardware; null when it was made by a Mayfly that did not write it down.</summary>
    public required MachineShape? Shape { get; init; }

    /// <summary>Its address slot.</summary>
    public required AddressSlot Slot { get; init; }

    /// <summary>Its network identity.</summary>
    public required NetworkIdentity Network { get; init; }

    /// <summary>How long its making took so far.</summary>
    public required ForkTimeline Timeline { get; set; }

    /// <summary>What it is told anew at each start, once it is known; null for a machine that is thrown away.</summary>
    public KeptIdentity? Kept { get; set; }

    /// <summary>Where it is.</summary>
    public MachinePhase Phase { get; set; } = MachinePhase.Customizing;

    /// <summary>True once somebody asked for its end; its exit is then no news.</summary>
    public bool Leaving { get; set; }

    /// <summary>Why it does not answer or stands still now, or null.</summary>
    public Fault? Trouble { get; set; }

    /// <summary>
    /// Its operating system, such as "debian-13", or null while it is not known. What was told first counts: what happens to its files
    /// later, as in a capture that replaces them, does not make it another.
    /// </summary>
    public string? Os { get; set; }

    /// <summary>What its fork went through.</summary>
    public IReadOnlyList<ForkStep> Trace { get; set; } = [];

    /// <summary>What it has attached.</summary>
    public Attachments Attached { get; set; } = Attachments.None;

    /// <summary>What it has for a capture, or null.</summary>
    public CaptureDisks? Capture { get; set; }

    /// <summary>As others see it.</summary>
    public HostMachine View() => new(Id, Hostname, Image, Qemu.Process.Id, Network, Timeline, Phase) { Trouble = Trouble, Attached = Attached, Os = Os, Trace = Trace };

    /// <summary>As the next mayflyd needs it.</summary>
    public MachineRecord Record() => new(Id, Hostname, Image, Uuid, Slot.Number, Network, Timeline) { Kind = Kind, Shape = Shape, Kept = Kept, Os = Os, Attached = Attached };

    /// <summary>Writes it down for the next mayflyd, and is READY then. Null when it is. Faults: HostDiskLow, MachineStartFailed.</summary>
    /// <param name="milliseconds">How long its making took.</param>
    /// <param name="cancellationToken">Stops before it is READY.</param>
    public async Task<Fault?> BecomeReadyAsync(double milliseconds, CancellationToken cancellationToken)
    {
        Timeline = Timeline with { ReadyMs = milliseconds };
        try
        {
            using var step = ForkTrace.Step("write-down");
            await Record().WriteAsync(Qemu.Directory, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var what = $"{Hostname} could not be written down.";
            return DiskFault.When(error, what, Qemu.Directory.Path) ?? new Fault(ErrorCode.MachineStartFailed, what, error.Message);
        }

        Phase = MachinePhase.Ready;
        return null;
    }

    /// <summary>Ends its process; what it has on disk stays.</summary>
    public async Task EndAsync()
    {
        await Agent.DisposeAsync();
        await Qemu.EndAsync();
    }

    /// <summary>Destroys it: process, memory, overlay and sockets.</summary>
    public async Task DestroyAsync()
    {
        await Agent.DisposeAsync();
        await Qemu.DestroyAsync();
    }
}
