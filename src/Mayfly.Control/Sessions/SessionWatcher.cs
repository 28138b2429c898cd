using Mayfly.Contracts;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Sessions;

/// <summary>Waits, for each open session, for what its guest tells, and does what is to be done then. Begins anew for all when mayflyd starts.</summary>
internal abstract partial class SessionWatcher(HouseDatabase database, AttachedSessions sessions, BackgroundJobs jobs, Lifetimes lifetimes, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Watch> _watches = [];

    /// <summary>What is waited for, as a log says it.</summary>
    protected abstract string What { get; }

    /// <summary>False when there is nothing to wait for in such a session.</summary>
    protected abstract bool Concerns(SessionRow session);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var attached = sessions.Listen();
        foreach (var id in await PatientlyAsync(() => AllOpenAsync(stoppingToken), stoppingToken)) await BeginAsync(id);
        await foreach (var id in attached.ReadAllAsync(stoppingToken)) await BeginAsync(id);
    }

    /// <summary>Waits once and does what is to be done; false when there is nothing to wait for. A fault is told, and it is tried again.</summary>
    /// <param name="session">An open session.</param>
    /// <param name="waiting">Stops the waiting, also when it is to begin anew.</param>
    /// <param name="machine">Stops what is being done: its machine is being destroyed, or mayflyd stops.</param>
    protected abstract Task<Outcome<bool>> HearAsync(SessionRow session, CancellationToken waiting, CancellationToken machine);

    /// <summary>Begins to watch a session, or begins anew: what it lacks may be another now.</summary>
    private async Task BeginAsync(string sessionId)
    {
        foreach (var ended in _watches.Where(entry => entry.Value.Task.IsCompleted).Select(entry => entry.Key).ToList()) _watches.Remove(ended);
        var before = _watches.GetValueOrDefault(sessionId);
        if (before is not null) await before.Cancellation.CancelAsync();
        var cancellation = new CancellationTokenSource();
        _watches[sessionId] = new Watch(cancellation, jobs.Start($"{What} of session {sessionId}", async stopping =>
        {
            if (before is not null) await before.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (!cancellation.IsCancellationRequested && await LookAsync(sessionId, cancellation.Token, stopping))
            {
            }

            return true;
        }));
    }

    private async Task<bool> LookAsync(string sessionId, CancellationToken anew, CancellationToken stopping)
    {
        if (await PatientlyAsync(() => OpenAsync(sessionId, stopping), stopping) is not { } found || !Concerns(found)) return false;
        using var lease = lifetimes.Hold(Lifetimes.Machine(found.MachineId), stopping);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, anew);
        try
        {
            // Read once more while it is held: an end in between is not missed.
            if (await OpenAsync(sessionId, lease.Token) is not { } session) return false;
            var heard = await HearAsync(session, waiting.Token, lease.Token);
            if (heard.TryGet(out var goesOn, out var fault)) return goesOn;
            LogFault(What, sessionId, fault.ToString());
            // The machine is off or gone, or its image knows nothing of it: the next opening begins anew.
            if (fault.Code is ErrorCode.NotFound or ErrorCode.MachineStateWrong) return false;
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // One session's bug is told and tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroke(What, sessionId, exception);
        }

        await Task.Delay(Rest, time, waiting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    /// <summary>Reads, and again while the database can not be read.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> read, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (StorageFaults.Of(exception) is { } fault)
            {
                LogWaits(What, fault.ToString());
                await Task.Delay(Rest, time, stopping);
            }
        }
    }

    private async Task<List<string>> AllOpenAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Sessions.Where(s => s.EndedAt == null && !s.Attaching).Select(s => s.Id).ToListAsync(cancellationToken);
    }

    private async Task<SessionRow?> OpenAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null && !s.Attaching, cancellationToken);
    }

    [LoggerMessage(350, LogLevel.Warning, "{What} of session {Session}: {Fault}")]
    private partial void LogFault(string what, string session, string fault);

    [LoggerMessage(351, LogLevel.Error, "{What} of session {Session} failed in an unforeseen way; it is tried again")]
    private partial void LogBroke(string what, string session, Exception exception);

    [LoggerMessage(354, LogLevel.Warning, "{What} of sessions waits: {Fault}")]
    private partial void LogWaits(string what, string fault);

    private sealed record Watch(CancellationTokenSource Cancellation, Task Task);
}
