using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Forking;

namespace Mayfly.Engine.Booting;

/// <summary>All that is decided before a machine boots.</summary>
/// <param name="Bare">What boots.</param>
internal sealed record BootPlan(BareMachine Bare)
{
    /// <summary>Its id.</summary>
    public required string MachineId { get; init; }

    /// <summary>Its host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>How it was made.</summary>
    public required ProvisioningKind Kind { get; init; }

    /// <summary>Its network identity.</summary>
    public required NetworkIdentity Network { get; init; }

    /// <summary>True when its disk and identity outlive its process.</summary>
    public required bool Keep { get; init; }

    /// <summary>The identity it has had before, or null for a new one.</summary>
    public KeptIdentity? Kept { get; init; }

    /// <summary>Program to run last in ClonePrep, or null.</summary>
    public PostSyncScript? PostSync { get; init; }
}
