using System.Diagnostics;
using Mayfly.Control.Pools;

namespace Mayfly.PoolBench;

/// <summary>The planner alone, on a pool of ten thousand machines in the middle of a push.</summary>
internal static class PlannerRun
{
    private const int Machines = 10_000;
    private const int Passes = 200;
    private const int WarmUpPasses = 50;

    public static Measure Measure()
    {
        List<PoolMachine> machines = [.. Enumerable.Range(1, Machines).Select(number => new PoolMachine($"id{number}", $"p-{number}", StateOf(number), number % 3 == 0 ? "v1" : "v2")
        {
            InUse = StateOf(number) == MachineState.Connected,
        })];
        var spec = new PoolSpec { NamePattern = "p-{n}", Maximum = Machines + 100, Spare = Machines / 2, Version = "v2" };
        var observed = new PoolSnapshot(machines, machines.Select(machine => machine.Name).ToHashSet(), 3, 4, null);
        var passes = new List<double>();
        for (var pass = 0; pass < WarmUpPasses + Passes; pass++)
        {
            var started = Stopwatch.GetTimestamp();
            _ = PoolPlanner.Plan(spec, observed, DateTimeOffset.UnixEpoch);
            if (pass >= WarmUpPasses) passes.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return ForkBench.Measure.Of($"planner, a pass over {Machines:N0} machines", "ms", passes);
    }

    private static MachineState StateOf(int number) => (number % 10) switch
    {
        0 => MachineState.Provisioning,
        1 => MachineState.Deleting,
        < 6 => MachineState.Connected,
        _ => MachineState.Available,
    };
}
