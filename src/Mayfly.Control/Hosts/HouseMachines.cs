using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Mayfly.Remote.Calling;

namespace Mayfly.Control.Hosts;

/// <summary>
/// The machines of all hosts as if they were of one. Making one chooses its host; all else goes to the host that has it. A machine is on one host
/// only: where the house has given it up, because that host was lost, it is destroyed as soon as the host is back.
/// </summary>
internal sealed class HouseMachines : IMachineHost
{
    private readonly HostFleet _fleet;
    private readonly HostPlacement _placement;
    private readonly HostImages _images;
    private readonly PackageCarrier _packages;
    private readonly VolumeCarrier _volumes;
    private readonly BackgroundJobs _jobs;
    private readonly TimeProvider _time;
    private volatile IReadOnlyDictionary<ImageVersion, int> _expected = new Dictionary<ImageVersion, int>();

    public HouseMachines(HostFleet fleet, HostPlacement placement, HostImages images, PackageCarrier packages, VolumeCarrier volumes, BackgroundJobs jobs, TimeProvider time)
    {
        (_fleet, _placement, _images, _packages, _volumes, _jobs, _time) = (fleet, placement, images, packages, volumes, jobs, time);
        fleet.Heard += Settle;
        fleet.Tended += Tidy;
        fleet.Lost += TakeBack;
        images.Arrived += remote => remote.Machines.Expect(_expected);
    }

    /// <inheritdoc/>
    public IReadOnlyList<HostMachine> Machines => [.. _fleet.Own.Machines, .. _fleet.Remotes.SelectMany(remote => remote.Machines.Machines.Where(machine => IsAt(machine.MachineId, remote)))];

    /// <inheritdoc/>
    public HostMachine? Find(string machineId) => HostOf(machineId)?.Find(machineId);

    /// <inheritdoc/>
    public async IAsyncEnumerable<HostMachineNews> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var news in _fleet.News.ReadAllAsync(cancellationToken)) yield return news;
    }

    /// <summary>Makes a machine on the best host that can. Faults: NoHost, and those of the last that could not.</summary>
    public async Task<Outcome<HostMachine>> ProvisionAsync(ProvisionRequest request, Action<HostMachine>? onProgress, CancellationToken cancellationToken)
    {
        Fault? last = null;
        foreach (var host in await _placement.RankAsync(request, cancellationToken))
        {
            last = await _images.ReadyAsync(host, request, cancellationToken);
            if (last is not null) continue;
            _placement.Place(host);
            if (host.Name is { } name) _fleet.Places[request.MachineId] = name;
            else _fleet.Places.TryRemove(request.MachineId, out _);
            var made = await host.Machines.ProvisionAsync(request, onProgress is null ? null : machine => onProgress(machine with { Host = host.Name }), cancellationToken);
            if (made.TryGet(out var machine, out last)) return machine with { Host = host.Name };
            if (!MayTryElsewhere(last.Code)) return last;
        }

        return last ?? new Fault(ErrorCode.NoHost, $"No host can take '{request.Hostname}' now.", "All are in maintenance, lost, or only just joined.", "See the hosts, and end the maintenance of one or add another.");
    }

    /// <inheritdoc/>
    public Task<Outcome<HostMachine>> StartAsync(string machineId, Action<HostMachine>? onProgress, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.StartAsync(machineId, onProgress, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<Done>> StopAsync(string machineId, TimeSpan grace) => AskAsync(machineId, host => host.StopAsync(machineId, grace));

    /// <inheritdoc/>
    public Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.ExecAsync(machineId, request, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.OpenDisplayAsync(machineId, cancellationToken));

    /// <inheritdoc/>
    public async Task<bool> HasSoundAsync(string machineId, CancellationToken cancellationToken) =>
        HostOf(machineId) is { } host && await host.HasSoundAsync(machineId, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Stream>> OpenSoundAsync(string machineId, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.OpenSoundAsync(machineId, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<byte[]>> CaptureAsync(string machineId, int width, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.CaptureAsync(machineId, width, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<Done>> SetScreenAsync(string machineId, int width, int height, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.SetScreenAsync(machineId, width, height, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<AttachResult>> AttachAsync(string machineId, Attachments wanted, CancellationToken cancellationToken) =>
        _fleet.RemoteOf(machineId) is { } remote ? AttachAsync(remote, machineId, wanted, cancellationToken) : AskAsync(machineId, host => host.AttachAsync(machineId, wanted, cancellationToken));

    /// <inheritdoc/>
    public async Task<Outcome<Done>> ReleaseAsync(string machineId, TimeSpan grace, CancellationToken cancellationToken)
    {
        var released = await AskAsync(machineId, host => host.ReleaseAsync(machineId, grace, cancellationToken));
        if (_fleet.RemoteOf(machineId) is { Lost: null } remote) await _volumes.FetchOfAsync(remote, machineId, CancellationToken.None);
        return released;
    }

    /// <inheritdoc/>
    public Task<Outcome<string>> AwaitLaunchAsync(string machineId, IReadOnlyList<Launcher> launchers, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.AwaitLaunchAsync(machineId, launchers, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<WatchProgramsReport>> WatchProgramsAsync(string machineId, IReadOnlyList<ProgramPart> parts, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.WatchProgramsAsync(machineId, parts, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<ProgramReport>> AwaitProgramAsync(string machineId, string? ended, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.AwaitProgramAsync(machineId, ended, cancellationToken));

    /// <inheritdoc/>
    public Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(string machineId, EnvironmentRequest request, CancellationToken cancellationToken) =>
        AskAsync(machineId, host => host.SetEnvironmentAsync(machineId, request, cancellationToken));

    /// <inheritdoc/>
    public async Task DestroyAsync(string machineId)
    {
        if (HostOf(machineId) is { } host) await host.DestroyAsync(machineId);
        // Before anybody else can have it.
        if (_fleet.RemoteOf(machineId) is { Lost: null } remote) await _volumes.FetchOfAsync(remote, machineId, CancellationToken.None);
        _fleet.Places.TryRemove(machineId, out _);
    }

    /// <inheritdoc/>
    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells)
    {
        _expected = shells;
        _fleet.Own.Expect(_fleet.OwnRuns ? shells : new Dictionary<ImageVersion, int>());
        foreach (var remote in _fleet.Remotes) Expect(remote);
    }

    /// <inheritdoc/>
    public async Task<HostUsage> MeasureAsync(CancellationToken cancellationToken)
    {
        IEnumerable<IMachineHost> hosts = [.. _fleet.OwnRuns ? [_fleet.Own] : Array.Empty<IMachineHost>(), .. _fleet.Remotes.Where(remote => remote.Lost is null).Select(remote => remote.Machines)];
        var usages = await Task.WhenAll(hosts.Select(host => host.MeasureAsync(cancellationToken)));
        return new HostUsage(
            usages.Sum(usage => usage.MemoryBytes), usages.Sum(usage => usage.AvailableBytes), usages.Sum(usage => usage.SharedBytes), usages.Sum(usage => usage.FreeDiskBytes),
            [.. usages.SelectMany(usage => usage.Machines)]);
    }

    /// <summary>Examines the server's own host, or, where that runs no machines, those that do.</summary>
    public async Task<Outcome<DoctorReport>> ExamineAsync(CancellationToken cancellationToken)
    {
        var remotes = _fleet.OwnRuns ? [] : _fleet.Remotes.Where(remote => remote.Lost is null).OrderBy(remote => remote.Name, StringComparer.Ordinal).ToList();
        if (remotes.Count == 0) return await _fleet.Own.ExamineAsync(cancellationToken);
        var reports = await Task.WhenAll(remotes.Select(async remote => (remote.Name, Report: await remote.Machines.ExamineAsync(cancellationToken))));
        return HouseDoctor.Sum(reports);
    }

    /// <summary>What another host may be better at. After HostUnreachable it is not known what became of it there: the same id is not made a second time.</summary>
    private static bool MayTryElsewhere(ErrorCode code) => code
        is ErrorCode.HostMemoryLow or ErrorCode.HostDiskLow or ErrorCode.QemuMissing or ErrorCode.QemuTooOld or ErrorCode.ToolMissing or ErrorCode.VmUserMissing
        or ErrorCode.AcceleratorUnavailable or ErrorCode.ImageNotPublished or ErrorCode.WarmImageCorrupt or ErrorCode.WarmImageForeign;

    /// <summary>The host that has a machine, or null. One that was made, or is being made, is where it was placed.</summary>
    private IMachineHost? HostOf(string machineId) => _fleet.Own.Find(machineId) is not null ? _fleet.Own : _fleet.RemoteOf(machineId)?.Machines;

    private bool IsAt(string machineId, RemoteHost remote) =>
        !_fleet.Places.TryGetValue(machineId, out var place) ? _fleet.Own.Find(machineId) is null : place == remote.Name;

    /// <summary>A host is heard from the beginning: what is there although it is elsewhere is destroyed, and it learns what is expected of it.</summary>
    private void Settle(RemoteHost remote)
    {
        foreach (var machine in remote.Machines.Machines.Where(machine => !IsAt(machine.MachineId, remote))) _ = remote.Machines.DestroyAsync(machine.MachineId);
        _images.Forget(remote);
        Expect(remote);
        Tidy(remote);
    }

    private void Tidy(RemoteHost remote) => _ = _jobs.Start($"tidying the host {remote.Name}", async stopping =>
    {
        await _volumes.TidyAsync(remote, stopping);
        await _packages.TidyAsync(remote, stopping);
        return true;
    });

    private void TakeBack(RemoteHost remote) => _ = _jobs.Start($"taking back volumes of {remote.Name}", async stopping =>
    {
        if (!remote.LetsGo) return false;
        await Task.Delay(_fleet.Lease.Fence, _time, stopping);
        if (remote.Lost is not null) await _volumes.TakeBackAsync(remote, stopping);
        return true;
    });

    private void Expect(RemoteHost remote)
    {
        remote.Machines.Expect(_expected);
        _images.Prepare(remote, _expected.Keys);
    }

    /// <summary>What the machine is to have is brought to its host first; what could not be brought is told as what could not be attached.</summary>
    private async Task<Outcome<AttachResult>> AttachAsync(RemoteHost remote, string machineId, Attachments wanted, CancellationToken cancellationToken)
    {
        var lacking = await _packages.BringAsync(remote, wanted.Packages, cancellationToken);
        var noVolume = wanted.Volume is { } volume ? await _volumes.BringAsync(remote, volume.VolumeId, cancellationToken) : null;
        var possible = noVolume is null ? wanted : wanted with { Volume = null };
        if (!(await remote.Machines.AttachAsync(machineId, possible, cancellationToken)).TryGet(out var result, out var fault)) return fault;
        return result with
        {
            Volume = noVolume ?? result.Volume,
            Packages = result.Packages.ToDictionary(entry => entry.Key, entry => lacking.GetValueOrDefault(entry.Key, entry.Value)),
        };
    }

    private Task<Outcome<T>> AskAsync<T>(string machineId, Func<IMachineHost, Task<Outcome<T>>> ask) =>
        HostOf(machineId) is { } host ? ask(host) : Task.FromResult<Outcome<T>>(new Fault(ErrorCode.NotFound, $"There is no machine with id {machineId} on any host."));
}
