using System.Diagnostics;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Mayfly.ForkBench;

namespace Mayfly.AttachBench;

/// <summary>
/// Saves a persona of twenty parts and ten megabytes from forks and brings it into others; then all that a logon brings together: two packages, a
/// writable volume and that persona. Each fork waits for the one before to be done, as a spare machine waits for its user.
/// </summary>
internal sealed class PersonaRun(IMachineHost machines, IVolumeLibrary volumes, IPersonaLibrary personas, ImageVersion image, int count)
{
    private const int Parts = 20;
    private const int PartBytes = 500_000;
    private const int QuotaMib = 64;
    private const int VolumeMib = 1024;
    private const string Volume = "benchpersona";

    // One part has something that is set in the running desktop, where there is one: the wallpaper.
    private static readonly IReadOnlyList<PersonaFiles> Configs =
        [.. Enumerable.Range(0, Parts).Select(part => new PersonaFiles($"part-{part}", [$"bench/{part}"], []) { Xfconf = part == 0 ? ["xfce4-desktop"] : [] })];

    private static readonly string Furnish = $$"""
        home=$(awk -F: '$3 == 1000 { home = $6 } END { print home ? home : "/root" }' /etc/passwd)
        for part in $(seq 0 {{Parts - 1}}); do
            mkdir -p "$home/bench/$part"
            head -c {{PartBytes}} /dev/urandom >"$home/bench/$part/file"
        done
        chown -R "$(stat -c %u "$home")" "$home/bench"
        [ "$home" = /root ] || su user -c 'export DISPLAY=:0 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus
            xfconf-query -c xfce4-desktop -l | grep last-image | xargs -n 1 -I {} xfconf-query -c xfce4-desktop -p {} -s /usr/share/backgrounds/xfce/xfce-blue.jpg'
        """;

    /// <summary>Measures; packages 0 and 1 are there.</summary>
    public async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        var (saving, bringing, together) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            var (seconds, archives) = await SaveAsync(cancellationToken);
            saving.Add(seconds);
            bringing.Add(await LogOnAsync(null, archives, cancellationToken));
            Value(await volumes.RemoveAsync(Volume, cancellationToken));
            Value(await volumes.CreateAsync(Volume, VolumeMib, cancellationToken));
            together.Add(await LogOnAsync(new Attachments([BenchPackages.Id(0), BenchPackages.Id(1)]) { Volume = new VolumeAttachment(Volume, VolumeKind.AppsAndProfile) }, archives, cancellationToken));
            foreach (var archive in archives)
                personas.Remove(archive.Id);
        }

        Value(await volumes.RemoveAsync(Volume, cancellationToken));
        return
        [
            Measure.Of($"{image.Name}: save a persona of {Parts} parts and 10 MB", "s", saving),
            Measure.Of($"{image.Name}: bring a persona of {Parts} parts and 10 MB", "s", bringing),
            Measure.Of($"{image.Name}: two packages, a writable volume and that persona, until a program has run", "s", together),
        ];
    }

    private async Task<(double Seconds, IReadOnlyList<PersonaArchive> Archives)> SaveAsync(CancellationToken cancellationToken)
    {
        var machine = await ForkAsync(cancellationToken);
        // What is changed from here on is its user's.
        Value(await personas.LoadAsync(machine, [], cancellationToken));
        await RunAsync(machine, ["sh", "-ec", Furnish], cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var saved = Value(await personas.SaveAsync(machine, Configs, QuotaMib, last: true, cancellationToken));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (saved.Archives.Count != Parts || saved.Faults.Count > 0)
            throw new InvalidOperationException($"{saved.Archives.Count} parts were saved: {string.Join(", ", saved.Faults.Values)}");
        await machines.DestroyAsync(machine);
        return (seconds, [.. saved.Archives.Select(archive => archive with { Xfconf = Configs.Single(config => config.Name == archive.Config).Xfconf })]);
    }

    private async Task<double> LogOnAsync(Attachments? attachments, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken)
    {
        var machine = await ForkAsync(cancellationToken);
        var start = Stopwatch.GetTimestamp();
        if (attachments is not null)
            Value(await machines.AttachAsync(machine, attachments, cancellationToken));
        var loaded = Value(await personas.LoadAsync(machine, archives, cancellationToken));
        if (attachments is not null)
            await RunAsync(machine, [BenchPackages.Files(0).Program], cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (loaded.Faults.Count > 0)
            throw new InvalidOperationException(string.Join(", ", loaded.Faults.Values));
        if (attachments is not null)
            Value(await machines.ReleaseAsync(machine, TimeSpan.Zero, cancellationToken));
        await machines.DestroyAsync(machine);
        return seconds;
    }

    private async Task<string> ForkAsync(CancellationToken cancellationToken) =>
        Value(await machines.ProvisionAsync(new ProvisionRequest("bench-persona", "bench-persona", image), null, cancellationToken)).MachineId;

    private async Task RunAsync(string machine, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = Value(await machines.ExecAsync(machine, new ExecRequest(command, 600), cancellationToken));
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} ended with {result.ExitCode}: {result.Stderr}");
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Fault is { } fault ? throw new InvalidOperationException(fault.ToString()) : outcome.Value;
}
