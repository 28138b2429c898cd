using System.Collections.Frozen;
using Mayfly.Contracts.Api;
using static Mayfly.Contracts.Api.MachineState;

namespace Mayfly.Control.Machines;

/// <summary>
/// Which state of a machine can follow which: the one table of it. docs/machines.md shows it, and a test compares the two. Startup and
/// Customizing are what an observer sees while a machine is made or started; the row says Provisioning or Provisioned meanwhile.
/// </summary>
public static class MachineStates
{
    private static readonly FrozenDictionary<MachineState, MachineState[]> Table = new Dictionary<MachineState, MachineState[]>
    {
        [Provisioning] = [Startup, Customizing, Available, ProvisioningError, Deleting],
        [Startup] = [Customizing, Available, Disconnected, Error, Provisioned, Provisioning, ProvisioningError, Deleting],
        [Customizing] = [Available, Disconnected, Error, Provisioned, Provisioning, ProvisioningError, Deleting],
        [ProvisioningError] = [Provisioning, Maintenance, Deleting],
        [Available] = [Disconnected, AgentUnreachable, Provisioned, AlreadyUsed, Maintenance, Error, Deleting],
        [Connected] = [Disconnected, AgentUnreachable, Available, Provisioned, AlreadyUsed, Error, Deleting],
        [Disconnected] = [Connected, AgentUnreachable, Available, Provisioned, AlreadyUsed, Error, Deleting],
        [AgentUnreachable] = [Available, Connected, Disconnected, Provisioned, AlreadyUsed, Maintenance, Error, Deleting],
        [Provisioned] = [Startup, Customizing, Available, Disconnected, AlreadyUsed, Maintenance, Error, Deleting],
        [Maintenance] = [Available, AgentUnreachable, Provisioned, ProvisioningError, AlreadyUsed, Error, Deleting],
        [Error] = [Available, Disconnected, Provisioned, AlreadyUsed, Maintenance, Deleting],
        [AlreadyUsed] = [Maintenance, Deleting],
        [Deleting] = [],
    }.ToFrozenDictionary();

    /// <summary>The states that can follow a state, itself not among them.</summary>
    public static IReadOnlyList<MachineState> After(MachineState state) => Table[state];

    /// <summary>True when a machine may go from one state to another; staying is always allowed.</summary>
    public static bool CanMove(MachineState from, MachineState to) => from == to || Array.IndexOf(Table[from], to) >= 0;

    /// <summary>True for machines that run and are their own: ready or in use.</summary>
    public static bool IsSettled(MachineState state) => state is Available or Connected or Disconnected;

    /// <summary>True for states of a machine that was made and should exist on the host.</summary>
    public static bool IsMade(MachineState state) =>
        IsSettled(state) || state is AgentUnreachable or Provisioned or Maintenance or Error or AlreadyUsed;
}
