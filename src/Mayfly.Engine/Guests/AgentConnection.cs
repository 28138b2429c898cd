using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Security.Cryptography;
using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Guests;

/// <summary>
/// The host's end of one agent channel: one reader, one writer, a table of requests that wait. Everything that comes from the guest is
/// hostile: it is bounded before it is stored, and a guest that breaks the protocol loses its connection, with every waiter told
/// <see cref="ErrorCode.AgentProtocol"/>.
/// </summary>
/// <remarks>A request whose deadline passes is <see cref="ErrorCode.AgentSilent"/>; the caller's own cancellation throws.</remarks>
public sealed partial class AgentConnection : IAsyncDisposable
{
    private const int MaxQueuedFrames = 64;
    private const int StrayAllowance = 64;
    private static readonly TimeSpan HelloPeriod = TimeSpan.FromSeconds(1);
    // What a timer takes; who starts a program may do so tomorrow.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);
    private readonly Stream _channel;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<Outcome<AgentFrame>>> _waiting = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxQueuedFrames) { SingleReader = true });
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loops;
    private Fault? _end;

    // Each connection counts from somewhere else: an answer that a guest has kept for an earlier mayflyd meets no question of this one.
    private long _lastId = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private long _framesSent;
    private long _strays;

    private AgentConnection(Stream channel, ILogger logger, TimeProvider time)
    {
        (_channel, _logger, _time) = (channel, logger, time);
        _loops = RunAsync();
    }

    /// <summary>Completes when the channel has ended, from either side; never fails.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Why the channel has ended, or null while it has not.</summary>
    public Fault? Ended => Volatile.Read(ref _end);

    /// <summary>Takes over a connected channel; it is disposed with this.</summary>
    public static AgentConnection Attach(Stream channel, ILogger logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(time);
        return new AgentConnection(channel, logger, time);
    }

    /// <summary>Asks until somebody answers: the guest may not have begun to listen. Faults as all requests.</summary>
    public async Task<Outcome<AgentHello>> HelloAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(AgentVerbs.Hello, null, deadline, HelloPeriod, cancellationToken).ConfigureAwait(false);
        var hello = Read(answer, AgentJson.Default.AgentHello, GuestText.Check);
        if (hello.Fault is null && hello.Value.Protocol != AgentVerbs.Version)
        {
            return new Fault(ErrorCode.AgentProtocol, "The guest agent speaks another version of the protocol.",
                $"It speaks {hello.Value.Protocol}; this host speaks {AgentVerbs.Version}.", "Build the golden image anew with the agent of this release.");
        }
        return hello;
    }

    /// <summary>Waits until the guest's desktop is drawn and quiet. The guest itself gives up after the request's time limit.</summary>
    public Task<Outcome<SettleReport>> SettleAsync(SettleRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.Settle, request, AgentJson.Default.SettleRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.SettleReport, GuestText.Check, cancellationToken);

    /// <summary>Has the guest remove all that must not be in two machines.</summary>
    public async Task<Outcome<CleanseReport>> CleanseAsync(TimeSpan deadline, CancellationToken cancellationToken) =>
        Read(await AskAsync(AgentVerbs.Cleanse, null, deadline, null, cancellationToken).ConfigureAwait(false), AgentJson.Default.CleanseReport, GuestText.Check);

    /// <summary>
    /// Makes a fork its own machine. A step that fails in the guest is <see cref="ErrorCode.ClonePrepFailed"/>, a post-sync script
    /// that does not end with 0 is <see cref="ErrorCode.PostSyncFailed"/>.
    /// </summary>
    /// <param name="request">Who it shall be.</param>
    /// <param name="deadline">For all steps; the post-sync script's own limit is added to it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Outcome<ClonePrepReport>> ClonePrepAsync(ClonePrepRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = Element(request, AgentJson.Default.ClonePrepRequest);
        var limit = deadline + TimeSpan.FromSeconds(request.PostSync?.TimeoutSeconds ?? 0);
        var answer = await AskAsync(AgentVerbs.ClonePrep, body, limit, null, cancellationToken).ConfigureAwait(false);
        var report = Read(answer, AgentJson.Default.ClonePrepReport, GuestText.Check);
        if (report.Fault is { Code: ErrorCode.AgentRefused } refused)
            return new Fault(ErrorCode.ClonePrepFailed, "The fork could not be made its own machine.", refused.Why, "See the machine's console log; then publish the image again.");
        return report.Fault is null && PostSyncFault(request, report.Value) is { } fault ? fault : report;
    }

    /// <summary>Runs a program in the guest; its exit code is no fault.</summary>
    public Task<Outcome<ExecResult>> ExecAsync(ExecRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.Exec, request, AgentJson.Default.ExecRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.ExecResult, GuestText.Check, cancellationToken);

    /// <summary>Gives the guest's screen another size. <see cref="ErrorCode.AgentRefused"/> where there is no desktop or too little video memory.</summary>
    public Task<Outcome<SetScreenReport>> SetScreenAsync(SetScreenRequest request, TimeSpan deadline, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.SetScreen, request, AgentJson.Default.SetScreenRequest, deadline, AgentJson.Default.SetScreenReport, GuestText.Check, cancellationToken);

    /// <summary>Has the guest merge these packages and this volume, and take out all others. The guest itself waits for the disks as long as the request says.</summary>
    public Task<Outcome<AttachReport>> AttachAsync(AttachRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.Attach, request, AgentJson.Default.AttachRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.AttachReport, GuestText.Check, cancellationToken);

    /// <summary>Has the guest end its user's programs and leave the volume at rest.</summary>
    public Task<Outcome<ReleaseReport>> ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.Release, request, AgentJson.Default.ReleaseRequest, TimeSpan.FromSeconds(request.GraceSeconds) + Grace, AgentJson.Default.ReleaseReport, GuestText.Check, cancellationToken);

    /// <summary>Shows launchers, and waits, for ever if need be, until one of them is started.</summary>
    public Task<Outcome<LaunchReport>> AwaitLaunchAsync(AwaitLaunchRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.AwaitLaunch, request, AgentJson.Default.AwaitLaunchRequest, Longest, AgentJson.Default.LaunchReport, GuestText.Check, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        End(new Fault(ErrorCode.AgentSilent, "The agent channel was closed by this host."));
        await _loops.ConfigureAwait(false);
        _closing.Dispose();
    }

    private static Fault? PostSyncFault(ClonePrepRequest request, ClonePrepReport report) => (request.PostSync, report.PostSync) switch
    {
        (null, _) or (_, { ExitCode: 0 }) => null,
        (_, null) => new Fault(ErrorCode.PostSyncFailed, "The guest did not say how the post-sync script ended."),
        (_, { ExitCode: var code } result) => new Fault(ErrorCode.PostSyncFailed, $"The post-sync script ended with exit code {code}.",
            GuestText.OneLine(result.Stderr), "Run the script in a machine of this image with mayfly machine exec, and correct it."),
    };

    private async Task<Outcome<TReport>> AskAsync<TRequest, TReport>(
        string verb, TRequest request, JsonTypeInfo<TRequest> requestType, TimeSpan deadline, JsonTypeInfo<TReport> reportType, Func<TReport, TReport?> check, CancellationToken cancellationToken)
        where TReport : class =>
        Read(await AskAsync(verb, Element(request, requestType), deadline, null, cancellationToken).ConfigureAwait(false), reportType, check);

    private static JsonElement Element<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(body, type);
}
