using Mayfly.Contracts;
using Mayfly.Engine;
using Spectre.Console;

namespace Mayfly.ForkBench;

/// <summary>
/// Builds one image (or takes the one built before), publishes and forks it: first without shells, then with one held ready, then a few left alone to see what memory they come to own.
/// </summary>
internal sealed class ForkRun(IImageLibrary images, IMachineHost machines, string image, int count)
{
    private const int Idle = 3;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        var published = await PublishAsync(cancellationToken);
        var cold = await ForkManyAsync(published, "cold", cancellationToken);
        machines.Expect(new Dictionary<ImageVersion, int> { [published] = 1 });
        var warm = await ForkManyAsync(published, "warm", cancellationToken);
        var memory = await IdleMemoryAsync(published, cancellationToken);
        machines.Expect(new Dictionary<ImageVersion, int>());
        var view = (await images.ListAsync(cancellationToken)).SelectMany(entry => entry.Versions).First(version => version.Version == published.Version).Warm!;
        return
        [
            Measure.Of($"{image}: boot to a drawn, quiet desktop", "s", [view.BootSeconds]),
            Measure.Of($"{image}: publish, drawn desktop to forkable", "s", [view.FreezeSeconds]),
            Measure.Of($"{image}: fork to running, no shell", "ms", cold.Select(machine => machine.Timeline.RunningMs)),
            Measure.Of($"{image}: fork to READY, no shell", "ms", cold.Select(machine => machine.Timeline.ReadyMs)),
            Measure.Of($"{image}: fork to running, shell ready", "ms", warm.Where(machine => machine.Timeline.ShellReady).Select(machine => machine.Timeline.RunningMs)),
            Measure.Of($"{image}: fork to READY, shell ready", "ms", warm.Where(machine => machine.Timeline.ShellReady).Select(machine => machine.Timeline.ReadyMs)),
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

    private async Task<List<HostMachine>> ForkManyAsync(ImageVersion published, string kind, CancellationToken cancellationToken)
    {
        var made = new List<HostMachine>();
        for (var i = 0; i < count; i++)
        {
            // A pause as between logins: the rack refills behind each fork.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            var machine = Value(await machines.ForkAsync(new ForkRequest($"bench-{kind}-{i}", $"bench-{kind}-{i}", published), null, cancellationToken));
            made.Add(machine);
            await machines.DestroyAsync(machine.MachineId);
        }

        return made;
    }

    private async Task<List<double>> IdleMemoryAsync(ImageVersion published, CancellationToken cancellationToken)
    {
        var idle = new List<HostMachine>();
        for (var i = 0; i < Idle; i++)
            idle.Add(Value(await machines.ForkAsync(new ForkRequest($"bench-idle-{i}", $"bench-idle-{i}", published), null, cancellationToken)));
        await Task.Delay(IdleTime, cancellationToken);
        var memory = idle.ConvertAll(machine => ProcessMemory.PrivateBytes(machine.ProcessId) / 1e6);
        foreach (var machine in idle)
            await machines.DestroyAsync(machine.MachineId);
        return memory;
    }
}
