using Mayfly.Contracts.Api;

namespace Mayfly.Control.Telemetry;

/// <summary>What was seen of the house at one moment.</summary>
internal sealed record HouseSample
{
    public int SessionsOpen { get; init; }

    public int SessionsConnected { get; init; }

    public IReadOnlyList<(string Pool, MachineState State, int Count)> Machines { get; init; } = [];

    /// <summary>Pushes in progress: machines done and machines still to do.</summary>
    public IReadOnlyList<(string Pool, int Replaced, int Remaining)> Pushes { get; init; } = [];

    public long SharedBytes { get; init; }

    public long PrivateBytes { get; init; }

    public long FreeBytes { get; init; }
}
