using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Remote.Trust;
using Mayfly.Remote.Wire;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using LeaveOutcome = Mayfly.Contracts.Outcome<Mayfly.Contracts.Done>;

namespace Mayfly.Remote.Calling;

/// <summary>
/// A host of the house as a server has it: keeps in touch with it for as long as it lives. It is lost when nothing was heard from it for
/// a lease and a little, and is back when it is heard again.
/// </summary>
public sealed partial class RemoteHost : IAsyncDisposable
{
    private readonly HostWire _wire;
    private readonly HouseMember _member;
    private readonly HostLeaseTimes _lease;
    private readonly Action<RemoteHost, Fault?> _onChange;
    private readonly MachineMirror _mirror;
    private readonly Channel<HostMachineNews> _news = Channel.CreateUnbounded<HostMachineNews>();
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _heardFirst = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private long _lastHeard;
    private CancellationTokenSource? _watching;
    private Fault? _notRenewed;
    private Task _running = Task.CompletedTask;

    /// <summary>A host that has joined; <see cref="Start"/> begins to talk to it.</summary>
    /// <param name="name">Its name in the house, which its certificate has.</param>
    /// <param name="address">Where it answers.</param>
    /// <param name="member">Who asks.</param>
    /// <param name="lease">How long it may be silent.</param>
    /// <param name="onChange">Called with a fault when it is lost, and with null each time it is heard from the beginning: at first, after it was lost, after it was started again.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Told when it is lost and found.</param>
    public RemoteHost(string name, Uri address, HouseMember member, HostLeaseTimes lease, Action<RemoteHost, Fault?> onChange, TimeProvider time, ILogger logger)
    {
        (Name, _member, _lease, _onChange, _time, _logger) = (name, member, lease, onChange, time, logger);
        _wire = new HostWire(name, address, () => member.Connect(name), member.Term);
        _mirror = new MachineMirror(name);
        _lastHeard = time.GetTimestamp();
        Machines = new RemoteMachineHost(_wire, _mirror, new HostPatience(_mirror, time, _ended.Token), _news.Reader.ReadAllAsync());
        Images = new RemoteImages(_wire, _mirror);
        Shipping = new RemoteShipping(_wire, _mirror);
        Files = new RemoteFiles(_wire);
        Personas = new RemotePersonas(_wire);
    }

    /// <summary>Its name in the house.</summary>
    public string Name { get; }

    /// <summary>Its machines.</summary>
    public IMachineHost Machines { get; }

    /// <summary>Its images.</summary>
    public RemoteImages Images { get; }

    /// <summary>Its end of shipments.</summary>
    public RemoteShipping Shipping { get; }

    /// <summary>Its packages, volumes and archives, as files.</summary>
    public RemoteFiles Files { get; }

    /// <summary>What it packs and unpacks.</summary>
    public RemotePersonas Personas { get; }

    /// <summary>What was last heard of its memory.</summary>
    public HostPulse? Pulse { get; private set; }

    /// <summary>True when its volumes lie on storage that others reach, so that it must let go of them when it is cut off; null while that is not known.</summary>
    public bool? SharesVolumes { get; set; }

    /// <summary>True once it has answered that it will let go of such volumes by itself when its lease has ended.</summary>
    public bool LetsGo { get; private set; }

    /// <summary>Whom it trusts and by whom it is trusted, as it has told; null while it has not.</summary>
    public HostTrust? Trust { get; private set; }

    /// <summary>Why it is taken for lost, or null.</summary>
    public Fault? Lost => _mirror.Lost;

    /// <summary>Ends when it was heard for the first time.</summary>
    public Task Heard => _heardFirst.Task;

    /// <summary>Begins to keep in touch.</summary>
    /// <param name="believed">Its machines as the house has written them down: what holds until it is heard.</param>
    public void Start(IEnumerable<HostMachine> believed)
    {
        _mirror.Believe(believed);
        _running = Task.WhenAll(ForEverAsync(WatchAsync), ForEverAsync(BeatAsync), ForEverAsync(DoubtAsync));
    }

    /// <summary>Tells it that it belongs to the house no more. Faults: HostUnreachable; it then finds nobody who knows it.</summary>
    public async Task<LeaveOutcome> LeaveAsync(CancellationToken cancellationToken) =>
        (await _wire.AskAsync(HostCalls.Leave, Done.Yes, cancellationToken)).Fault is { } fault ? fault : Done.Yes;

    /// <summary>Ends keeping in touch. Its machines run on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _news.Writer.TryComplete();
        _wire.Dispose();
        _ended.Dispose();
    }

    private async Task ForEverAsync(Func<CancellationToken, Task> work)
    {
        var again = new ResiliencePipelineBuilder { TimeProvider = _time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(!_ended.IsCancellationRequested),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(3),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                if (arguments.Outcome.Exception is { } exception and not (HttpRequestException or IOException or OperationCanceledException)) LogFailed(Name, exception);
                return default;
            },
        }).Build();
        await again.ExecuteAsync(async token => await work(token), _ended.Token);
    }

    /// <summary>Hears of each change of a machine.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock) _watching = watching;
        try
        {
            await foreach (var told in _wire.ReadAsync<MachineTold>(HostCalls.Watch, watching.Token))
            {
                if (_mirror.Take(told)) Begin();
                if (told is { MachineId: { } id, News: { } news }) _news.Writer.TryWrite(news.ToNews(id));
            }
        }
        finally
        {
            lock (_lock) _watching = null;
            _mirror.Break();
        }

        throw new IOException("The host has ended what it tells.");
    }

    /// <summary>Renews the lease. The second renewal follows the first at once: the first only tells which answers arrive.</summary>
    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var clock = new PeriodicTimer(_lease.Beat, _time);
        for (var heard = 0L; ;)
        {
            var fence = SharesVolumes == true;
            var answer = await _wire.AskAsync(HostCalls.Lease, new LeaseAsked(_lease.Length, heard, fence), cancellationToken);
            var first = heard == 0;
            heard = answer.TryGet(out var lease, out var fault) ? lease.Number : 0;
            if (fault is null) LetsGo = fence;
            if (lease is not null) await TakeAsync(lease, cancellationToken);
            if (fault is not null || !first) await clock.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task TakeAsync(LeaseAnswer answer, CancellationToken cancellationToken)
    {
        Pulse = new HostPulse(answer.MemoryBytes, answer.AvailableBytes);
        // While its machines are not heard of, it is not back.
        if (_mirror.IsWhole) Hear();
        Trust = answer.Trust;
        // One of before this was told is asked by the end of its certificate alone.
        var another = Trust is not null && Trust != _member.Trust.OfHosts;
        if (another || answer.CertificateEnds - _time.GetUtcNow() < HouseAuthority.Validity / 2) await RenewCertificateAsync(cancellationToken);
    }

    /// <summary>Renews it. Where that fails it is tried at the next beat: the lease goes on meanwhile.</summary>
    private async Task RenewCertificateAsync(CancellationToken cancellationToken)
    {
        var fault = await TryRenewCertificateAsync(cancellationToken);
        if (fault is null) LogRenewed(Name);
        else if (fault != _notRenewed) LogNotRenewed(Name, fault.ToString());
        _notRenewed = fault;
    }

    private async Task<Fault?> TryRenewCertificateAsync(CancellationToken cancellationToken)
    {
        if (!(await _wire.AskAsync(HostCalls.AskAgain, Done.Yes, cancellationToken)).TryGet(out var asked, out var fault)) return fault;
        var trust = _member.Trust;
        var given = new JoinGiven(null, trust.Signer.SignHost(asked.Request, Name), trust.Certificates);
        if ((await _wire.AskAsync(HostCalls.Renew, given, cancellationToken)).Fault is { } refused) return refused;
        // Both ends show what is new from the next connection on, and the host may soon take nothing else.
        _wire.Reconnect();
        return null;
    }

    /// <summary>Takes the host for lost once it has been silent for longer than its lease.</summary>
    private async Task DoubtAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = _lease.Length + _lease.Margin - Silence;
            if (left <= TimeSpan.Zero) Lose();
            await Task.Delay(left > TimeSpan.Zero ? left : _lease.Margin, _time, cancellationToken);
        }
    }

    private TimeSpan Silence
    {
        get
        {
            lock (_lock) return _time.GetElapsedTime(_lastHeard);
        }
    }

    private void Lose()
    {
        if (_mirror.Lost is not null) return;
        var lost = new Fault(ErrorCode.HostUnreachable, $"The host '{Name}' is lost: it has not answered for {_lease.Length.TotalSeconds:F0} s.", null, "See whether it runs and can be reached; its machines come back with it.");
        _mirror.Lost = lost;
        // What is given up from now on is found again when it is heard from the beginning.
        _mirror.Break();
        lock (_lock) _watching?.Cancel();
        LogLost(Name);
        foreach (var machine in _mirror.Machines) _news.Writer.TryWrite(new HostMachineTrouble(machine.MachineId, lost));
        _heardFirst.TrySetResult();
        _onChange(this, lost);
    }

    private void Begin()
    {
        Hear();
        _onChange(this, null);
    }

    private void Hear()
    {
        lock (_lock) _lastHeard = _time.GetTimestamp();
        _heardFirst.TrySetResult();
        if (_mirror.Lost is null) return;
        _mirror.Lost = null;
        LogFound(Name);
        foreach (var machine in _mirror.Machines.Where(machine => machine is { Ready: true, Trouble: null })) _news.Writer.TryWrite(new HostMachineRecovery(machine.MachineId));
    }

    [LoggerMessage(710, LogLevel.Warning, "The host {Host} is lost")]
    private partial void LogLost(string host);

    [LoggerMessage(711, LogLevel.Information, "The host {Host} is back")]
    private partial void LogFound(string host);

    [LoggerMessage(712, LogLevel.Information, "The certificate of the host {Host} was renewed")]
    private partial void LogRenewed(string host);

    [LoggerMessage(714, LogLevel.Error, "The certificate of the host {Host} could not be renewed, which is tried again: {Fault}")]
    private partial void LogNotRenewed(string host, string fault);

    [LoggerMessage(713, LogLevel.Error, "Keeping in touch with the host {Host} failed in an unforeseen way; it begins anew")]
    private partial void LogFailed(string host, Exception exception);
}

/// <summary>How long a host may be silent.</summary>
/// <param name="Length">How long it may take itself for a part of its house after an answer that has arrived.</param>
/// <param name="Beat">It is asked this often.</param>
/// <param name="Margin">What the clocks of both ends may differ by in that time, and more.</param>
public sealed record HostLeaseTimes(TimeSpan Length, TimeSpan Beat, TimeSpan Margin)
{
    /// <summary>How long after it is lost a host has let go of volumes that others reach.</summary>
    /// <value>10 s.</value>
    public TimeSpan Fence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Twelve seconds, asked every three.</summary>
    public static HostLeaseTimes Default { get; } = new(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
}

/// <summary>What was last heard of a host.</summary>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="AvailableBytes">Memory still to be had.</param>
public sealed record HostPulse(long MemoryBytes, long AvailableBytes);
