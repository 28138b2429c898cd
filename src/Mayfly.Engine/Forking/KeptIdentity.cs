using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Forking;

/// <summary>What a kept machine is told anew at each start, so that it stays the same to others: beside its name and network.</summary>
/// <param name="GuestId">Its /etc/machine-id.</param>
/// <param name="HostKeys">Its SSH host keys, the private halves included.</param>
internal sealed record KeptIdentity(string GuestId, IReadOnlyList<SshHostKey> HostKeys)
{
    /// <summary>The part of an identity that is kept.</summary>
    public static KeptIdentity Of(ClonePrepRequest identity) => new(identity.MachineId, identity.SshHostKeys);

    /// <summary>An identity made afresh, with what is kept put back.</summary>
    public ClonePrepRequest Into(ClonePrepRequest fresh) => fresh with { MachineId = GuestId, SshHostKeys = HostKeys };
}
