using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;
using Mayfly.Qmp;

namespace Mayfly.Engine.Forking;

/// <summary>Step 4 of the main path, ClonePrep: one message to the agent, its answer, the network cable in.</summary>
internal sealed class Preparer(IdentityMaker identities, EngineOptions options)
{
    /// <summary>
    /// Makes a running guest its own machine: with a new identity or the one it has kept, and with fresh entropy and boot id in any case.
    /// Null when it is. Faults: AgentSilent, AgentProtocol, ClonePrepFailed, PostSyncFailed, MachineUnresponsive.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="postSync">Program to run last, or null.</param>
    /// <param name="keep">True when the machine shall be the same at its next start.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Fault?> PrepareAsync(Machine machine, PostSyncScript? postSync, bool keep, CancellationToken cancellationToken)
    {
        var fresh = identities.Make(machine.Hostname, machine.Network, postSync);
        var identity = machine.Kept?.Into(fresh) ?? fresh;
        machine.Kept = keep ? KeptIdentity.Of(identity) : null;
        if (await ClonePrepAsync(machine, identity, cancellationToken) is { } fault)
            return fault;
        try
        {
            using var step = ForkTrace.Step("connect-network");
            await machine.Qemu.Qmp.SetLinkAsync(QemuNames.NetworkCard, up: true, cancellationToken);
            return null;
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"The network of {machine.Hostname} could not be connected.", error.Message);
        }
    }

    private async Task<Fault?> ClonePrepAsync(Machine machine, ClonePrepRequest identity, CancellationToken cancellationToken)
    {
        using var step = ForkTrace.Step("clone-prep");
        if (!(await machine.Agent.ClonePrepAsync(identities.AtNow(identity), options.ClonePrepDeadline, cancellationToken)).TryGet(out var report, out var fault))
            return fault;
        ForkTrace.AddGuestSteps(step, report.Steps);
        return null;
    }
}
