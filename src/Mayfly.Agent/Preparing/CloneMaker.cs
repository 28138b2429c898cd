using System.Diagnostics;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Preparing;

/// <summary>
/// ClonePrep: makes a fork its own machine, in an order that matters. Entropy first, for everything after may draw on it; then time;
/// then the identity others see; the network last, when nothing of the parent is left to be shown there.
/// </summary>
internal sealed class CloneMaker(GuestPaths paths)
{
    /// <summary>Does all steps but the post-sync script, stopping at the first that fails.</summary>
    /// <exception cref="StepException">A step failed.</exception>
    internal List<PrepStep> Run(ClonePrepRequest request)
    {
        var steps = new List<PrepStep>(8);
        // Step 1: entropy.
        Do(steps, "entropy", () => KernelEntropy.Add(request.Entropy));
        // Step 2: clock.
        Do(steps, "clock", () => WallClock.Set(request.UtcNanoseconds));
        // Step 3: names.
        Do(steps, "hostname", () => HostName.Set(paths, request.Hostname));
        Do(steps, "machine-id", () => MachineIdentity.SetMachineId(paths, request.MachineId));
        Do(steps, "boot-id", () => MachineIdentity.SetBootId(paths, request.BootId));
        // Step 4: network.
        if (request.Network is { } network)
            Do(steps, "network", () => NetworkCard.Configure(paths, network));
        // Step 5: keys.
        if (request.SshHostKeys is { Count: > 0 } keys)
            Do(steps, "ssh-keys", () => SshHostKeys.Write(paths, keys));
        return steps;
    }

    private static void Do(List<PrepStep> steps, string name, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            work();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            throw new StepException(name, problem);
        }
        steps.Add(new PrepStep(name, (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds));
    }
}
