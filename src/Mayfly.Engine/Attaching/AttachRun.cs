using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Forking;
using Mayfly.Qmp;

namespace Mayfly.Engine.Attaching;

/// <summary>One attach. What fails of it is noted, the rest is done; what is plugged in at its end is in its result.</summary>
internal sealed class AttachRun(Machine machine, DiskBus bus, AttachWish wish, PackageFit fit, EngineOptions options, TimeProvider time)
{
    private const string VolumeStep = "volume";
    private readonly Dictionary<string, Fault> _faults = [];
    private readonly List<AttachedDisk> _fresh = [];
    private IReadOnlyList<AttachedDisk> _before = [];
    private Fault? _volumeFault;
    private TimeSpan _volumeTime;

    /// <summary>Does it. Faults: MachineStateWrong, AgentSilent, AgentProtocol, AgentRefused.</summary>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public async Task<Outcome<AttachResult>> GoAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        if (await bus.ListAsync(cancellationToken) is not { } before)
            return NoBus();
        _before = before;
        if (await KnowGuestAsync(cancellationToken) is { } unfit)
            return unfit;
        var merged = false;
        try
        {
            var plugged = await PlugAllAsync(cancellationToken);
            if (!(await machine.Agent.AttachAsync(Request(plugged), cancellationToken)).TryGet(out var report, out var fault))
                return fault;
            merged = true;
            await PullAsync(_before.Concat(_fresh).Except(Staying(plugged, report)));
            AddGuestTime(report);
        }
        finally
        {
            // What the guest was not seen to merge must not stay.
            if (!merged)
                await PullAsync(_fresh);
            machine.Attached = Attacher.Of(await bus.ListAsync(CancellationToken.None) ?? [], wish.Packages.Select(disk => disk.Serial));
        }

        return new AttachResult(machine.Attached, _faults, _volumeFault, Math.Max(0, (time.GetElapsedTime(start) - _volumeTime).TotalSeconds), _volumeTime.TotalSeconds);
    }

    private Fault NoBus() => new(
        ErrorCode.MachineStateWrong, $"{machine.Hostname} can not be given packages or volumes.", "Its image was published before it could.",
        "An administrator can publish the image again, and move the pool to it.");

    private async Task<Fault?> KnowGuestAsync(CancellationToken cancellationToken)
    {
        if (machine.Os is not null)
            return null;
        if (!(await machine.Agent.HelloAsync(options.AttachDeadline, cancellationToken)).TryGet(out var hello, out var silent))
            return silent;
        machine.Os = hello.Os;
        return hello.Capabilities.Contains(AgentVerbs.Attach)
            ? null
            : new Fault(
                ErrorCode.MachineStateWrong, $"{machine.Hostname} can not be given packages or volumes.", "Its guest agent does not know how.",
                "Build the golden image anew with the agent of this release, and publish it.");
    }

    /// <summary>Plugs in what is missing, and returns what is wished and plugged in.</summary>
    private async Task<IReadOnlyList<AttachedDisk>> PlugAllAsync(CancellationToken cancellationToken)
    {
        var plugged = new List<AttachedDisk>();
        foreach (var disk in wish.All)
        {
            var start = time.GetTimestamp();
            var fault = disk.Package is { } package ? await fit.CheckAsync(package, machine.Os, cancellationToken) : null;
            fault ??= await PlugAsync(disk, cancellationToken);
            if (fault is null)
                plugged.Add(disk);
            else if (disk.Package is not null)
                _faults[disk.Serial] = fault;
            else
                _volumeFault ??= fault;
            if (disk.Package is null)
                _volumeTime += time.GetElapsedTime(start);
        }

        return plugged;
    }

    private async Task<Fault?> PlugAsync(AttachedDisk disk, CancellationToken cancellationToken)
    {
        if (_before.Any(one => one.Device == disk.Device))
            return null;
        if (await bus.PlugAsync(disk, cancellationToken) is { } fault)
            return fault;
        _fresh.Add(disk);
        return null;
    }

    private AttachRequest Request(IReadOnlyList<AttachedDisk> plugged) => new(
        [.. plugged.Where(disk => disk.Package is not null).Select(disk => new PackageDisk(disk.Serial))],
        plugged.Any(disk => disk.IsWritable) ? wish.Keeps : null,
        (int)Math.Clamp(options.AttachDeadline.TotalSeconds, 1, 600))
    {
        InputSerial = plugged.FirstOrDefault(disk => disk.IsInput)?.Serial,
    };

    /// <summary>What stays plugged in after the guest's answer. What it says of disks it was not asked about is ignored.</summary>
    private HashSet<string> StayingDevices(IReadOnlyList<AttachedDisk> plugged, AttachReport report)
    {
        var staying = plugged.Select(disk => disk.Device).ToHashSet();
        foreach (var disk in plugged)
        {
            if (report.Unusable.FirstOrDefault(one => one.Serial == disk.Serial) is not { } unusable)
                continue;
            staying.Remove(disk.Device);
            if (disk.Package is not null)
                _faults[disk.Serial] = new Fault(ErrorCode.PackageInvalid, $"The package {disk.Serial} could not be mounted.", unusable.Reason, "Import or capture it again.");
            else
                _volumeFault ??= new Fault(ErrorCode.VolumeUnusable, $"The volume {disk.Serial} could not be mounted.", unusable.Reason, "Restore one of its snapshots.");
        }

        foreach (var disk in _before.Where(disk => !plugged.Any(one => one.Device == disk.Device)))
        {
            if (report.Kept.FirstOrDefault(one => one.Serial == disk.Serial) is not { } kept)
                continue;
            staying.Add(disk.Device);
            if (disk.Package is not null)
                _faults[disk.Serial] = new Fault(ErrorCode.PackageInUse, $"The package {disk.Serial} is in use.", $"{kept.Program} was started from it.", "Close the program and try again.");
            else
                _volumeFault = new Fault(ErrorCode.VolumeInUse, $"The volume {disk.Serial} is in use.", $"{kept.Program} has files of it open.", "Close the program and try again.");
        }

        return staying;
    }

    private IEnumerable<AttachedDisk> Staying(IReadOnlyList<AttachedDisk> plugged, AttachReport report)
    {
        var devices = StayingDevices(plugged, report);
        return _before.Concat(_fresh).Where(disk => devices.Contains(disk.Device));
    }

    private async Task PullAsync(IEnumerable<AttachedDisk> disks)
    {
        // Not cancelled: the guest has let go of them, or shall not have them.
        foreach (var disk in disks.ToList())
            await bus.UnplugAsync(disk, CancellationToken.None);
    }

    private void AddGuestTime(AttachReport report)
    {
        // A guest can say anything; more than a deadline it can not have taken.
        var microseconds = report.Steps.Where(step => step.Name == VolumeStep).Sum(step => Math.Min(step.Microseconds, (long)options.AttachDeadline.TotalMicroseconds));
        if (wish.Volume is not null)
            _volumeTime += TimeSpan.FromMicroseconds(Math.Min(microseconds, options.AttachDeadline.TotalMicroseconds));
    }
}
