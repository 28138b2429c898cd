using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;

namespace Mayfly.TestKit;

/// <summary>A host without QEMU: machines are entries in a table. Kept apart from the house, so that the house can crash and come back.</summary>
public sealed class FakeMachineHost : IMachineHost
{
    private readonly ConcurrentDictionary<string, HostMachine> _machines = new();
    private readonly ConcurrentDictionary<string, ProvisionRequest> _requests = new();
    private readonly Channel<HostMachineNews> _news = Channel.CreateUnbounded<HostMachineNews>();
    private int _lastProcess = 1000;
    private int _most;

    /// <summary>Awaited by each provisioning before it runs; throw or return a fault to fail it.</summary>
    public Func<ProvisionRequest, CancellationToken, Task<Fault?>> OnProvision { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    /// <summary>Awaited by each machine that is made, once it runs and is being made its own.</summary>
    public Func<ProvisionRequest, CancellationToken, Task> OnCustomize { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Awaited by each start of a kept machine; throw or return a fault to fail it.</summary>
    public Func<string, CancellationToken, Task<Fault?>> OnStart { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    public Func<string, ExecRequest, Task<Outcome<ExecResult>>> OnExec { get; set; } = (_, request) =>
        Task.FromResult<Outcome<ExecResult>>(new ExecResult(0, string.Join(' ', request.Command), "", false));

    /// <summary>Awaited by each stop of a kept machine, after it has been noted; hang here.</summary>
    public Func<string, Task> OnStop { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited by each destruction before the machine goes.</summary>
    public Func<string, Task> OnDestroy { get; set; } = _ => Task.CompletedTask;

    public Func<string, Task<Stream>> OnDisplay { get; set; } = _ => Task.FromResult<Stream>(new MemoryStream());

    /// <summary>Whether machines have sound cards.</summary>
    public bool Sound { get; set; }

    /// <summary>The picture of a machine's screen.</summary>
    public Func<string, Task<Outcome<byte[]>>> OnCapture { get; set; } = _ => Task.FromResult<Outcome<byte[]>>(new byte[] { 0xff, 0xd8, 0xff, 0xd9 });

    /// <summary>Sizes that screens were given.</summary>
    public ConcurrentQueue<(string MachineId, int Width, int Height)> Screens { get; } = new();

    /// <summary>Awaited by each attach; the result is what the machine has then.</summary>
    public Func<string, Attachments, Task<Outcome<AttachResult>>> OnAttach { get; set; } = (_, wanted) =>
        Task.FromResult<Outcome<AttachResult>>(new AttachResult(wanted, new Dictionary<string, Fault>(), null, 0, 0));

    /// <summary>Awaited by each release.</summary>
    public Func<string, Task<Outcome<Done>>> OnRelease { get; set; } = _ => Task.FromResult<Outcome<Done>>(Done.Yes);

    /// <summary>Answers each environment that is set up.</summary>
    public Func<string, EnvironmentRequest, Task<Outcome<EnvironmentReport>>> OnEnvironment { get; set; } = (_, _) => Task.FromResult<Outcome<EnvironmentReport>>(new EnvironmentReport([]));

    /// <summary>Answers with the launcher somebody starts; waits for ever unless told.</summary>
    public Func<string, IReadOnlyList<Launcher>, CancellationToken, Task<Outcome<string>>> OnLaunch { get; set; } = async (_, _, token) =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return "";
    };

    /// <summary>Programs of each machine that are watched; a guest that can not is played here.</summary>
    public FakePrograms Programs { get; } = new();

    /// <summary>Operating system of machines made from now on.</summary>
    public string? Os { get; set; } = "debian-13";

    /// <summary>Volumes that were to be with a second machine while a first had them: there must never be one.</summary>
    public ConcurrentQueue<string> Clashes { get; } = new();

    /// <summary>What machines were to be given, in order.</summary>
    public ConcurrentQueue<(string MachineId, Attachments Wanted)> Attaches { get; } = new();

    /// <summary>Machines whose volume was pulled, in order.</summary>
    public ConcurrentQueue<string> Released { get; } = new();

    /// <summary>Environments that were set up, with the id of their machine.</summary>
    public ConcurrentQueue<(string MachineId, EnvironmentRequest Request)> Environments { get; } = new();

    public ConcurrentQueue<string> Destroyed { get; } = new();

    public ConcurrentQueue<(string MachineId, TimeSpan Grace)> Stopped { get; } = new();

    public ConcurrentQueue<ProvisionRequest> Provisioned { get; } = new();

    /// <summary>Own disk writes of machines, in bytes.</summary>
    public ConcurrentDictionary<string, long> DiskBytes { get; } = new();

    public IReadOnlyDictionary<ImageVersion, int> Expected { get; private set; } = new Dictionary<ImageVersion, int>();

    /// <summary>The most machines there ever were at once.</summary>
    public int Most => _most;

    public IReadOnlyList<HostMachine> Machines => [.. _machines.Values];

    public HostMachine? Find(string machineId) => _machines.GetValueOrDefault(machineId);

    /// <summary>A machine ends by itself; a kept one is off then.</summary>
    public void Crash(string machineId)
    {
        var kept = _requests.TryGetValue(machineId, out var request) && request.Keep;
        if (kept) Change(machineId, machine => machine with { Phase = MachinePhase.Off, ProcessId = 0, Trouble = null });
        else _machines.TryRemove(machineId, out _);
        _news.Writer.TryWrite(new HostMachineExit(machineId, new Fault(ErrorCode.MachineExited, "QEMU was killed by signal 9."), kept));
    }

    /// <summary>A machine stops answering.</summary>
    public void Trouble(string machineId, Fault? fault = null)
    {
        fault ??= new Fault(ErrorCode.MachineUnresponsive, "QEMU does not answer.");
        Change(machineId, machine => machine with { Trouble = fault });
        _news.Writer.TryWrite(new HostMachineTrouble(machineId, fault));
    }

    /// <summary>A machine answers again.</summary>
    public void Recover(string machineId)
    {
        Change(machineId, machine => machine with { Trouble = null });
        _news.Writer.TryWrite(new HostMachineRecovery(machineId));
    }

    /// <summary>A machine vanishes while nobody listens.</summary>
    public void Vanish(string machineId) => _machines.TryRemove(machineId, out _);

    /// <summary>A machine's process ends while nobody listens, and the machine is kept: the host was restarted.</summary>
    public void TurnOff(string machineId) => Change(machineId, machine => machine with { Phase = MachinePhase.Off, ProcessId = 0 });

    /// <summary>A kept machine boots, and nobody is at work on it: whoever started it was killed.</summary>
    public void StartHalfway(string machineId) => Change(machineId, machine => machine with { Phase = MachinePhase.Booting });

    /// <summary>A machine runs that no house knows.</summary>
    public void AddStray(string machineId, bool ready = true) =>
        _machines[machineId] = Make(new ProvisionRequest(machineId, machineId, new ImageVersion("micro", "v1")), ready ? MachinePhase.Ready : MachinePhase.Customizing);

    public async IAsyncEnumerable<HostMachineNews> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var news in _news.Reader.ReadAllAsync(cancellationToken)) yield return news;
    }

    public async Task<Outcome<HostMachine>> ProvisionAsync(ProvisionRequest request, Action<HostMachine>? onProgress, CancellationToken cancellationToken)
    {
        Provisioned.Enqueue(request);
        if (await OnProvision(request, cancellationToken) is { } fault) return fault;
        var machine = Make(request, MachinePhase.Customizing);
        if (!_machines.TryAdd(request.MachineId, machine)) return new Fault(ErrorCode.AlreadyExists, "Made twice.");
        _requests[request.MachineId] = request;
        onProgress?.Invoke(machine);
        await OnCustomize(request, cancellationToken);
        lock (Destroyed) _most = Math.Max(_most, _machines.Count);
        return _machines[request.MachineId] = machine with { Phase = MachinePhase.Ready };
    }

    public async Task<Outcome<HostMachine>> StartAsync(string machineId, Action<HostMachine>? onProgress, CancellationToken cancellationToken)
    {
        if (!_machines.TryGetValue(machineId, out var machine)) return new Fault(ErrorCode.NotFound, "No such machine.");
        if (machine.Phase != MachinePhase.Off) return new Fault(ErrorCode.MachineStateWrong, "It runs.");
        if (await OnStart(machineId, cancellationToken) is { } fault) return fault;
        onProgress?.Invoke(machine with { Phase = MachinePhase.Booting });
        Change(machineId, off => off with { Phase = MachinePhase.Ready, ProcessId = Interlocked.Increment(ref _lastProcess) });
        return _machines[machineId];
    }

    public async Task<Outcome<Done>> StopAsync(string machineId, TimeSpan grace)
    {
        if (!_machines.ContainsKey(machineId)) return new Fault(ErrorCode.NotFound, "No such machine.");
        Stopped.Enqueue((machineId, grace));
        await OnStop(machineId);
        TurnOff(machineId);
        return Done.Yes;
    }

    public Task<Outcome<ExecResult>> ExecAsync(string machineId, ExecRequest request, CancellationToken cancellationToken) => OnExec(machineId, request);

    public async Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken) =>
        _machines.ContainsKey(machineId) ? await OnDisplay(machineId) : new Fault(ErrorCode.NotFound, "No such machine.");

    public Task<bool> HasSoundAsync(string machineId, CancellationToken cancellationToken) => Task.FromResult(Sound && _machines.ContainsKey(machineId));

    public Task<Outcome<Stream>> OpenSoundAsync(string machineId, CancellationToken cancellationToken) => OpenDisplayAsync(machineId, cancellationToken);

    public async Task<Outcome<byte[]>> CaptureAsync(string machineId, int width, CancellationToken cancellationToken) =>
        _machines.ContainsKey(machineId) ? await OnCapture(machineId) : new Fault(ErrorCode.NotFound, "No such machine.");

    public Task<Outcome<Done>> SetScreenAsync(string machineId, int width, int height, CancellationToken cancellationToken)
    {
        if (!_machines.ContainsKey(machineId)) return Task.FromResult<Outcome<Done>>(new Fault(ErrorCode.NotFound, "No such machine."));
        Screens.Enqueue((machineId, width, height));
        return Task.FromResult<Outcome<Done>>(Done.Yes);
    }

    public async Task DestroyAsync(string machineId)
    {
        await OnDestroy(machineId);
        _machines.TryRemove(machineId, out _);
        Destroyed.Enqueue(machineId);
    }

    public async Task<Outcome<AttachResult>> AttachAsync(string machineId, Attachments wanted, CancellationToken cancellationToken)
    {
        if (!_machines.ContainsKey(machineId)) return new Fault(ErrorCode.NotFound, $"There is no machine with id {machineId} on this host.");
        Attaches.Enqueue((machineId, wanted));
        if (wanted.Volume is { } volume && Machines.Any(other => other.MachineId != machineId && other.Attached.Volume?.VolumeId == volume.VolumeId)) Clashes.Enqueue(volume.VolumeId);
        var result = await OnAttach(machineId, wanted).WaitAsync(cancellationToken);
        if (result.Fault is null) Change(machineId, machine => machine with { Attached = result.Value.Attached });
        return result;
    }

    public async Task<Outcome<Done>> ReleaseAsync(string machineId, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (!_machines.ContainsKey(machineId)) return new Fault(ErrorCode.NotFound, $"There is no machine with id {machineId} on this host.");
        Released.Enqueue(machineId);
        var result = await OnRelease(machineId);
        Change(machineId, machine => machine with { Attached = machine.Attached with { Volume = null } });
        return result;
    }

    public Task<Outcome<string>> AwaitLaunchAsync(string machineId, IReadOnlyList<Launcher> launchers, CancellationToken cancellationToken) => OnLaunch(machineId, launchers, cancellationToken);

    public Task<Outcome<WatchProgramsReport>> WatchProgramsAsync(string machineId, IReadOnlyList<ProgramPart> parts, CancellationToken cancellationToken) => Programs.WatchAsync(machineId, parts);

    public Task<Outcome<ProgramReport>> AwaitProgramAsync(string machineId, string? ended, CancellationToken cancellationToken) => Programs.AwaitAsync(machineId, ended, cancellationToken);

    public Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(string machineId, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        Environments.Enqueue((machineId, request));
        return OnEnvironment(machineId, request);
    }

    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells) => Expected = shells;

    /// <summary>Memory that machines still can have, of 8 GiB.</summary>
    public long AvailableBytes { get; set; } = 4L << 30;

    public Task<HostUsage> MeasureAsync(CancellationToken cancellationToken) => Task.FromResult(new HostUsage(
        8L << 30, AvailableBytes, 100L << 20, 50L << 30, [.. _machines.Keys.Select(id => new MachineUsage(id, 40L << 20, DiskBytes.GetValueOrDefault(id)))]));

    public Task<Outcome<DoctorReport>> ExamineAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<DoctorReport>>(new DoctorReport("10.0", "tcg", "a fake", false, []));

    private void Change(string machineId, Func<HostMachine, HostMachine> change)
    {
        // One that goes meanwhile must not come back.
        while (_machines.TryGetValue(machineId, out var machine) && !_machines.TryUpdate(machineId, change(machine), machine))
        {
        }
    }

    private HostMachine Make(ProvisionRequest request, MachinePhase phase) => new(
        request.MachineId, request.Hostname, request.Image, Interlocked.Increment(ref _lastProcess),
        new NetworkIdentity(request.Mac ?? $"52:54:00:00:00:{_lastProcess % 256:x2}", "10.64.0.2", 29, "10.64.0.1", ["10.64.0.3"]), new ForkTimeline(true, 5, 200), phase)
    {
        Os = Os,
    };
}
