using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Guests;
using Mayfly.Qmp;

namespace Mayfly.Engine.Personas;

/// <summary>
/// Carries personas between the store and guests, on a disk that is plugged in for it: the guest finds the bytes there without a share, a
/// network or a limit of the agent's channel. The caller has the machine's turn.
/// </summary>
internal sealed class PersonaCourier(PersonaStore store, EngineOptions options, TimeProvider time)
{
    private const int SectorBytes = 512;
    private const int SerialDigits = 12;
    private const int EndSeconds = 5;

    /// <summary>Has a guest pack what is its user's, and keeps it.</summary>
    public async Task<Outcome<SavedPersona>> SaveAsync(Machine machine, IReadOnlyList<PersonaFiles> configs, long quotaBytes, bool last, CancellationToken cancellationToken)
    {
        using var scratch = new PersonaScratch(machine.Qemu.Directory.Path, NextSerial());
        try
        {
            await using var file = scratch.Create();
            file.SetLength(quotaBytes);
            var request = new PersonaSaveRequest(scratch.Serial, configs, Seconds) { EndSeconds = last ? EndSeconds : 0 };
            var asked = await WithDiskAsync(machine, scratch.AsDisk(output: true), () => machine.Agent.SavePersonaAsync(request, cancellationToken), cancellationToken);
            if (!asked.TryGet(out var report, out var fault))
                return fault;
            return Objection(report, configs, quotaBytes) ?? await KeepAsync(file, report, cancellationToken);
        }
        catch (IOException error) when (DiskFault.When(error, "There is no room to keep a persona.", scratch.Path) is { } full)
        {
            return full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that was made read-only is waited for as a full one is.
            return new Fault(ErrorCode.HostDiskLow, "A persona can not be kept.", $"The host's disk can not be written: {error.Message}", "Look at the disk of Mayfly's data.");
        }
    }

    /// <summary>
    /// Has a guest unpack archives, and its running desktop set what is in them for it. A second one of the same comes when the first is set: what the
    /// first has set and the second says nothing of stays.
    /// </summary>
    public async Task<Outcome<LoadedPersona>> LoadAsync(Machine machine, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, Fault>();
        var left = archives;
        do
        {
            IReadOnlyList<PersonaArchive> next = [.. left.DistinctBy(archive => archive.Config)];
            left = [.. left.Except(next)];
            var loaded = await LoadAsync(machine, next, left.Count > 0, cancellationToken);
            if (!loaded.TryGet(out var failed, out var fault))
                return fault;
            foreach (var (config, why) in failed)
                faults[config] = why;
        }
        while (left.Count > 0);
        return new LoadedPersona(faults);
    }

    private async Task<Outcome<Dictionary<string, Fault>>> LoadAsync(Machine machine, IReadOnlyList<PersonaArchive> archives, bool more, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, Fault>();
        if (await UnpackAsync(machine, archives, faults, cancellationToken) is { } fault)
            return fault;
        // After the disk is gone: a desktop that draws itself anew takes its time to let go of one.
        var parts = archives.Where(archive => !faults.ContainsKey(archive.Config)).Select(archive => new PersonaSettings(archive.Config, archive.Xfconf ?? []) { Dconf = archive.Dconf });
        var asked = await machine.Agent.SetPersonaAsync(new PersonaSetRequest([.. parts], Seconds) { More = more }, cancellationToken);
        if (!asked.TryGet(out var report, out var unset))
            return unset;
        Tell(report, archives, "set", faults);
        return faults;
    }

    private async Task<Fault?> UnpackAsync(Machine machine, IReadOnlyList<PersonaArchive> archives, Dictionary<string, Fault> faults, CancellationToken cancellationToken)
    {
        using var scratch = new PersonaScratch(machine.Qemu.Directory.Path, NextSerial());
        try
        {
            var spans = await LayOutAsync(scratch, archives, faults, cancellationToken);
            if (spans.Count == 0)
                return null;
            var request = new PersonaLoadRequest(scratch.Serial, spans, Seconds);
            var asked = await WithDiskAsync(machine, scratch.AsDisk(output: false), () => machine.Agent.LoadPersonaAsync(request, cancellationToken), cancellationToken);
            if (!asked.TryGet(out var report, out var fault))
                return fault;
            Tell(report, archives, "unpacked", faults);
            return null;
        }
        catch (IOException error) when (DiskFault.When(error, "There is no room to bring a persona.", scratch.Path) is { } full)
        {
            return full;
        }
    }

    private static void Tell(PersonaLoadReport report, IReadOnlyList<PersonaArchive> archives, string what, Dictionary<string, Fault> faults)
    {
        // A guest can name anything.
        foreach (var problem in report.Problems.Where(problem => archives.Any(archive => archive.Config == problem.Name)))
            faults[problem.Name] = Failed($"{problem.Name} could not be {what} in full.", problem);
    }

    private int Seconds => (int)Math.Clamp(options.AttachDeadline.TotalSeconds, 1, 600);

    private string NextSerial() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N")[^SerialDigits..];

    private async Task<List<PersonaSpan>> LayOutAsync(PersonaScratch scratch, IReadOnlyList<PersonaArchive> archives, Dictionary<string, Fault> faults, CancellationToken cancellationToken)
    {
        var spans = new List<PersonaSpan>();
        await using var file = scratch.Create();
        // The smallest first: one that the home has no room for comes after all others.
        foreach (var archive in archives.OrderBy(archive => archive.Bytes))
        {
            var start = file.Position;
            if (await store.CopyAsync(archive, file, cancellationToken) is { } fault)
            {
                faults[archive.Config] = fault;
                file.Position = start;
                file.SetLength(start);
                continue;
            }

            spans.Add(new PersonaSpan(archive.Config, start, archive.Bytes));
            file.Position = (file.Position + SectorBytes - 1) / SectorBytes * SectorBytes;
        }

        file.SetLength(Math.Max(file.Position, SectorBytes));
        return spans;
    }

    private static async Task<Outcome<T>> WithDiskAsync<T>(Machine machine, AttachedDisk disk, Func<Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        var bus = new DiskBus(machine.Qemu.Qmp);
        try
        {
            if (await bus.ListAsync(cancellationToken) is not { } plugged)
                return new Fault(ErrorCode.MachineStateWrong, $"{machine.Hostname} can not have a persona.", "Its image was published before it could.", "An administrator can publish the image again, and move the pool to it.");
            foreach (var left in plugged.Where(one => one.IsPersona))
                await bus.UnplugAsync(left, CancellationToken.None);
            if (await bus.PlugAsync(disk, cancellationToken) is { } fault)
                return fault;
            try
            {
                return await work();
            }
            finally
            {
                // Not cancelled: it must not stay.
                await bus.UnplugAsync(disk, CancellationToken.None);
            }
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"QEMU of {machine.Hostname} did not take the disk of a persona.", error.Message, "Try again.");
        }
    }

    /// <summary>A guest can say anything: archives it was not asked for, twice, beyond the disk.</summary>
    private static Fault? Objection(PersonaSaveReport report, IReadOnlyList<PersonaFiles> configs, long quotaBytes)
    {
        var names = report.Archives.Select(span => span.Name).ToList();
        var total = 0L;
        var inside = report.Archives.All(span => span.Bytes <= quotaBytes && span.Offset <= quotaBytes - span.Bytes && (total += span.Bytes) <= quotaBytes);
        return inside && names.Distinct().Count() == names.Count && names.All(name => configs.Any(config => config.Name == name))
            ? null
            : new Fault(ErrorCode.AgentProtocol, "The guest agent told of archives that it was not asked for, or that can not be.");
    }

    private async Task<Outcome<SavedPersona>> KeepAsync(FileStream file, PersonaSaveReport report, CancellationToken cancellationToken)
    {
        var kept = new List<PersonaArchive>();
        var complete = false;
        try
        {
            foreach (var span in report.Archives)
            {
                file.Position = span.Offset;
                kept.Add(await store.AddAsync(span.Name, file, span.Bytes, cancellationToken));
            }

            complete = true;
        }
        finally
        {
            if (!complete)
                kept.ForEach(archive => store.Remove(archive.Id));
        }

        return new SavedPersona(kept, Faults(report));
    }

    private static Dictionary<string, Fault> Faults(PersonaSaveReport report)
    {
        var faults = new Dictionary<string, Fault>();
        foreach (var problem in report.Problems)
            faults[GuestText.OneLine(problem.Name)] = Failed($"{GuestText.OneLine(problem.Name)} could not be packed in full.", problem);
        return faults;
    }

    private static Fault Failed(string what, PersonaProblem problem) => new(ErrorCode.PersonaUnusable, what, problem.Reason, "Look at the rights and sizes of its files, and at what its Flex config leaves out.");
}
