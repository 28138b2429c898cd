using System.Diagnostics;
using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Mayfly.ForkBench;

namespace Mayfly.AttachBench;

/// <summary>
/// Forks an image and attaches to the forks, until a program of the package has run: one package, ten, a writable volume. Then many clones
/// read one large package, to see how often the host has it in memory. And personas, alone and beside all that.
/// </summary>
internal sealed class AttachRun(IImageLibrary images, IMachineHost machines, IPackageLibrary packages, IVolumeLibrary volumes, IPersonaLibrary personas, string image, int count)
{
    private const int Many = 10;
    private const int SmallMib = 4;
    private const int LargeMib = 200;
    private const int Large = Many;
    private const int Readers = 20;
    private const int VolumeMib = 1024;
    private const string Volume = "benchvolume";
    private readonly BenchPackages _packages = new(packages);

    public async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        var published = await PublishAsync(cancellationToken);
        for (var number = 0; number <= Many; number++)
            await _packages.MakeAsync(number, number == Large ? LargeMib : SmallMib, cancellationToken);
        Value(await volumes.RemoveAsync(Volume, cancellationToken));
        Value(await volumes.CreateAsync(Volume, VolumeMib, cancellationToken));
        machines.Expect(new Dictionary<ImageVersion, int> { [published] = 2 });

        var one = await AttachManyAsync(published, Wanted(1), cancellationToken);
        var ten = await AttachManyAsync(published, Wanted(Many), cancellationToken);
        var plain = await AttachManyAsync(published, Wanted(1), cancellationToken);
        var volume = await AttachManyAsync(published, Wanted(1) with { Volume = new VolumeAttachment(Volume, VolumeKind.AppsAndProfile) }, cancellationToken);
        var cached = await ReadByManyAsync(published, cancellationToken);
        var follow = await new PersonaRun(machines, volumes, personas, published, count).RunAsync(cancellationToken);

        machines.Expect(new Dictionary<ImageVersion, int>());
        Value(await volumes.RemoveAsync(Volume, cancellationToken));
        await _packages.RemoveAsync(Enumerable.Range(0, Many + 1), cancellationToken);
        return
        [
            Measure.Of($"{image}: attach one package, until its program has run", "s", one),
            Measure.Of($"{image}: attach ten packages, until a program has run", "s", ten),
            Measure.Of($"{image}: what a writable volume adds to attaching one package", "s", volume.Zip(plain, (with, without) => with - without)),
            Measure.Of($"{image}: page cache the host takes while {Readers} clones read a package of {LargeMib} MB", "MB", [cached]),
            .. follow,
        ];
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Fault is { } fault ? throw new InvalidOperationException(fault.ToString()) : outcome.Value;

    private static Attachments Wanted(int number) => new([.. Enumerable.Range(0, number).Select(BenchPackages.Id)]);

    private async Task<ImageVersion> PublishAsync(CancellationToken cancellationToken)
    {
        var progress = new Progress<StepProgress>();
        var id = Value(await images.BuildAsync(image, progress, cancellationToken));
        return Value(await images.PublishAsync(image, id.Version, progress, cancellationToken));
    }

    /// <summary>Seconds from the request to the end of a program, once for each of as many fresh forks.</summary>
    private async Task<List<double>> AttachManyAsync(ImageVersion published, Attachments wanted, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var machine = await ForkAsync(published, i, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var result = Value(await machines.AttachAsync(machine, wanted, cancellationToken));
            if (result.Attached.Packages.Count != wanted.Packages.Count || result.Volume is not null)
                throw new InvalidOperationException($"Not all was attached: {string.Join(", ", result.Packages.Values.Append(result.Volume))}");
            await RunAsync(machine, [BenchPackages.Files(0).Program], cancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            Value(await machines.ReleaseAsync(machine, TimeSpan.Zero, cancellationToken));
            await machines.DestroyAsync(machine);
        }

        return seconds;
    }

    /// <summary>How much the host's page cache has grown, in MB, while all clones read the same package to its end.</summary>
    private async Task<double> ReadByManyAsync(ImageVersion published, CancellationToken cancellationToken)
    {
        var clones = new List<string>();
        for (var i = 0; i < Readers; i++)
            clones.Add(await ForkAsync(published, i, cancellationToken));
        var before = CachedMegabytes();
        foreach (var clone in clones)
        {
            Value(await machines.AttachAsync(clone, new Attachments([BenchPackages.Id(Large)]), cancellationToken));
            await RunAsync(clone, ["sh", "-c", $"cat {BenchPackages.Files(Large).Bytes} >/dev/null"], cancellationToken);
        }

        var grown = CachedMegabytes() - before;
        foreach (var clone in clones)
            await machines.DestroyAsync(clone);
        return grown;
    }

    private async Task<string> ForkAsync(ImageVersion published, int number, CancellationToken cancellationToken)
    {
        var name = $"bench-attach-{number}";
        return Value(await machines.ProvisionAsync(new ProvisionRequest(name, name, published), null, cancellationToken)).MachineId;
    }

    private async Task RunAsync(string machine, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = Value(await machines.ExecAsync(machine, new ExecRequest(command, 600), cancellationToken));
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {result.ExitCode}: {result.Stderr}");
    }

    private static double CachedMegabytes()
    {
        var line = File.ReadLines("/proc/meminfo").First(entry => entry.StartsWith("Cached:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
