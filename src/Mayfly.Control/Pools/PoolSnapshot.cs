using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>What is known of a pool at one moment, forks and destructions in flight included.</summary>
/// <param name="Machines">Its machines, also those being made or destroyed.</param>
/// <param name="NamesTaken">Machine names in use in the whole house.</param>
/// <param name="Waiting">Users waiting for a machine of this pool now.</param>
/// <param name="ForkSlots">Forks the house may begin now.</param>
/// <param name="ForksRefusedUntil">No forks before this time because of failures, or null.</param>
internal sealed record PoolSnapshot(
    IReadOnlyList<PoolMachine> Machines, IReadOnlySet<string> NamesTaken, int Waiting, int ForkSlots, DateTimeOffset? ForksRefusedUntil);

/// <summary>One machine of a snapshot.</summary>
internal sealed record PoolMachine(string Id, string Name, MachineState State);
