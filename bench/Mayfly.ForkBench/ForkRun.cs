using System.Diagnostics;
using Mayfly.Contracts;
using Mayfly.Engine;
using Spectre.Console;

namespace Mayfly.ForkBench;

/// <summary>
/// Builds one image (or takes the one built before), publishes and forks it: first without shells, then with shells
/// held ready, back to back and with pauses, then a few left alone to see what memory they come to own. At last a running fork is published.
/// </summary>
internal sealed class ForkRun(IImageLibrary images, IMachineHost machines, string image, int count)
{
    private const int Idle = 3;
    private const int Shells = 5;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefillTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        var published = await PublishAsync(cancellationToken);
        var cold = await ForkManyAsync(published, "cold", TimeSpan.Zero, cancellationToken);
        machines.Expect(new Dictionary<ImageVersion, int> { [published] = Shells });
        var warm = await ForkWithShellsAsync(published, "warm", TimeSpan.Zero, cancellationToken);
        var apart = await ForkWithShellsAsync(published, "apart", Apart, cancellationToken);
        var memory = await IdleMemoryAsync(published, cancellationToken);
        machines.Expect(new Dictionary<ImageVersion, int>());
        var copied = await PublishRunningAsync(published, cancellationToken);
        var view = (await images.ListAsync(cancellationToken)).SelectMany(entry => entry.Versions).First(version => version.Version == published.Version).Warm!;
        return
        [
            Measure.Of($"{image}: boot to a drawn, quiet desktop", "s", [view.BootSeconds]),
            Measure.Of($"{image}: publish, drawn desktop to forkable", "s", [view.FreezeSeconds]),
            Measure.Of($"{image}: fork to running, no shell", "ms", cold.Select(machine => machine.Timeline.RunningMs)),
            Measure.Of($"{image}: fork to READY, no shell", "ms", cold.Select(machine => machine.Timeline.ReadyMs)),
            Measure.Of($"{image}: fork to running, shell ready", "ms", warm.Select(machine => machine.Timeline.RunningMs)),
            Measure.Of($"{image}: fork to READY, shell ready", "ms", warm.Select(machine => machine.Timeline.ReadyMs)),
            Measure.Of($"{image}: fork to running, shell ready, host idle for a second before", "ms", apart.Select(machine => machine.Timeline.RunningMs)),
            Measure.Of($"{image}: fork to READY, shell ready, host idle for a second before", "ms", apart.Select(machine => machine.Timeline.ReadyMs)),
            Measure.Of($"{image}: publish a running machine, asked to forkable", "s", copied.Select(one => one.Seconds)),
            Measure.Of($"{image}: publish a running machine, its pause", "ms", copied.Select(one => one.PauseMs)),
            Measure.Of($"{image}: private memory after {IdleTime.TotalSeconds:0} s idle", "MB", memory),
        ];
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Fault is { } fault ? throw new InvalidOperationException(fault.ToString()) : outcome.Value;

    private async Task<ImageVersion> PublishAsync(CancellationToken cancellationToken)
    {
        var progress = new Progress<StepProgress>(step => AnsiConsole.MarkupLineInterpolated($"[grey]{step.Step}[/]"));
        var id = Value(await images.BuildAsync(image, progress, cancellationToken));
        // Published anew, so that boot and freeze are measured too.
        _ = await images.UnpublishAsync(id, cancellationToken);
        return Value(await images.PublishAsync(image, id.Version, progress, cancellationToken));
    }

    /// <summary>Forks a few at a time, and lets the rack fill up in between.</summary>
    private async Task<List<HostMachine>> ForkWithShellsAsync(ImageVersion published, string kind, TimeSpan pause, CancellationToken cancellationToken)
    {
        var made = new List<HostMachine>();
        while (made.Count < count)
        {
            await Task.Delay(RefillTime, cancellationToken);
            var round = await ForkManyAsync(published, $"{kind}-{made.Count}", pause, cancellationToken, Shells);
            if (!round.Exists(machine => machine.Timeline.ShellReady))
                throw new InvalidOperationException($"No shell of {image} was ready after {RefillTime.TotalSeconds:0} s.");
            made.AddRange(round.Where(machine => machine.Timeline.ShellReady));
        }

        return made;
    }

    private async Task<List<HostMachine>> ForkManyAsync(
        ImageVersion published, string kind, TimeSpan pause, CancellationToken cancellationToken, int? atMost = null)
    {
        var made = new List<HostMachine>();
        for (var i = 0; i < (atMost ?? count); i++)
        {
            await Task.Delay(pause, cancellationToken);
            var machine = Value(await machines.ProvisionAsync(new ProvisionRequest($"bench-{kind}-{i}", $"bench-{kind}-{i}", published), null, cancellationToken));
            made.Add(machine);
            await machines.DestroyAsync(machine.MachineId);
        }

        return made;
    }

    private async Task<List<(double Seconds, double PauseMs)>> PublishRunningAsync(ImageVersion published, CancellationToken cancellationToken)
    {
        var copied = new List<(double, double)>();
        var source = Value(await machines.ProvisionAsync(new ProvisionRequest("bench-source", "bench-source", published), null, cancellationToken));
        for (var i = 0; i < Idle; i++)
        {
            var clock = Stopwatch.StartNew();
            var copy = Value(await images.PublishMachineAsync(source.MachineId, $"{image}-copy", new Progress<StepProgress>(), cancellationToken));
            var seconds = clock.Elapsed.TotalSeconds;
            var versions = (await images.ListAsync(cancellationToken)).SelectMany(entry => entry.Versions);
            copied.Add((seconds, versions.First(version => version.Version == copy.Version).Warm!.PauseSeconds!.Value * 1e3));
            _ = await images.UnpublishAsync(copy, cancellationToken);
        }

        await machines.DestroyAsync(source.MachineId);
        return copied;
    }

    private async Task<List<double>> IdleMemoryAsync(ImageVersion published, CancellationToken cancellationToken)
    {
        var idle = new List<HostMachine>();
        for (var i = 0; i < Idle; i++)
            idle.Add(Value(await machines.ProvisionAsync(new ProvisionRequest($"bench-idle-{i}", $"bench-idle-{i}", published), null, cancellationToken)));
        await Task.Delay(IdleTime, cancellationToken);
        var memory = idle.ConvertAll(machine => ProcessMemory.PrivateBytes(machine.ProcessId) / 1e6);
        foreach (var machine in idle)
            await machines.DestroyAsync(machine.MachineId);
        return memory;
    }
}
