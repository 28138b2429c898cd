using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Forking;

/// <summary>One running clone.</summary>
internal sealed class Machine
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>What it was forked from.</summary>
    public required ImageVersion Image { get; init; }

    /// <summary>Its process.</summary>
    public required QemuMachine Qemu { get; init; }

    /// <summary>UUID of its process.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Its guest agent.</summary>
    public required AgentConnection Agent { get; init; }

    /// <summary>Its address slot.</summary>
    public required AddressSlot Slot { get; init; }

    /// <summary>Its network identity.</summary>
    public required NetworkIdentity Network { get; init; }

    /// <summary>How long its making took so far.</summary>
    public required ForkTimeline Timeline { get; set; }

    /// <summary>True once ClonePrep is done.</summary>
    public bool Ready { get; set; }

    /// <summary>True once somebody asked for its end; its exit is then no news.</summary>
    public bool Leaving { get; set; }

    /// <summary>As others see it.</summary>
    public HostMachine View() => new(Id, Hostname, Image, Qemu.Process.Id, Network, Timeline, Ready);

    /// <summary>As the next mayflyd needs it.</summary>
    public MachineRecord Record() => new(Id, Hostname, Image, Uuid, Slot.Number, Network, Timeline);

    /// <summary>Destroys it: process, memory, overlay and sockets.</summary>
    public async Task DestroyAsync()
    {
        await Agent.DisposeAsync();
        await Qemu.DestroyAsync();
    }
}
