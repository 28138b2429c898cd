namespace Mayfly.Engine.Forking;

/// <summary>What an earlier mayflyd has left.</summary>
/// <param name="Running">Machines taken over.</param>
/// <param name="Off">Kept machines that have no process now.</param>
internal sealed record Adoption(IReadOnlyList<Machine> Running, IReadOnlyList<MachineRecord> Off);
