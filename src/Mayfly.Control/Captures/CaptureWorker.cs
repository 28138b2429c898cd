using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Captures;

/// <summary>
/// Carries captures out, each in a job of its own that does what its row says is next. Its row is written before each step, so that the next
/// mayflyd goes on: what installs without hands begins anew on a fresh machine, what somebody does by hand goes on where it was.
/// </summary>
public sealed partial class CaptureWorker(
    HouseDatabase database, IMachineHost host, CaptureSteps steps, BackgroundJobs jobs, Lifetimes lifetimes, EventLog events, HouseChanges changes, TimeProvider time,
    ILogger<CaptureWorker> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Run> _runs = [];

    /// <summary>What is being done for a capture, or null.</summary>
    internal string? StepOf(string id)
    {
        lock (_lock) return _runs.GetValueOrDefault(id)?.Step;
    }

    /// <summary>A capture has something to do.</summary>
    internal void Wake(string id) => _ = RunAsync(id, interrupt: false);

    /// <summary>Stops what is being done for a capture; the task ends when it has come to rest.</summary>
    internal Task InterruptAsync(string id) => RunAsync(id, interrupt: true);

    /// <summary>A machine ended by itself. If it was a capture's that somebody worked in, that capture has failed.</summary>
    internal async Task LostAsync(string machineId, Fault why)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        var id = await context.Captures.Where(c => c.MachineId == machineId && c.State == CaptureState.Open).Select(c => c.Id).SingleOrDefaultAsync();
        if (id is null) return;
        await FailAsync(id, CaptureState.Open, new Fault(ErrorCode.CaptureFailed, "The machine of the capture ended by itself.", why.ToString(), "Begin the capture again."));
        Wake(id);
    }

    /// <summary>Finds captures whose machine is gone without anybody having told, and those that nobody goes on with.</summary>
    internal async Task CompareAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        foreach (var machine in await context.Captures.Where(c => c.State == CaptureState.Open).Select(c => c.MachineId).ToListAsync(cancellationToken))
            if (host.Find(machine) is null) await LostAsync(machine, new Fault(ErrorCode.MachineExited, "It is no longer on the host."));
        await ResumeAsync(cancellationToken);
    }

    /// <summary>Goes on with what nobody is at work on: after a start, and where what came of a step could not be written.</summary>
    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var open = await context.Captures.AsNoTracking().Where(c => c.EndedAt == null).Select(c => new { c.Id, c.State }).ToListAsync(cancellationToken);
        lock (_lock) open.RemoveAll(row => _runs.ContainsKey(row.Id));
        // What was being typed is lost with whoever typed it.
        foreach (var row in open.Where(row => row.State == CaptureState.Installing)) await MoveAsync(row.Id, row.State, CaptureState.Starting);
        open.ForEach(row => Wake(row.Id));
    }

    private Task RunAsync(string id, bool interrupt)
    {
        lock (_lock)
        {
            var run = _runs.GetValueOrDefault(id);
            if (run is null)
            {
                _runs[id] = run = new Run();
                run.Task = jobs.Start($"capture {id}", token => AdvanceAsync(id, run, token));
            }
            else
            {
                run.Again = true;
                // Off this thread: what is cancelled may run its callbacks at once, and the lock is held.
                if (interrupt) _ = run.Cancellation.CancelAsync();
            }

            return run.Task;
        }
    }

    private async Task<bool> AdvanceAsync(string id, Run run, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                while (await StepAsync(id, run, stopping))
                {
                }

                lock (_lock)
                {
                    // What changed since the last look would not be seen by anybody.
                    if (run.Again) run.Again = false;
                    else return _runs.Remove(id);
                }
            }
        }
        catch
        {
            lock (_lock) _runs.Remove(id);
            throw;
        }
    }

    /// <summary>Does what is next; false when nothing is.</summary>
    private async Task<bool> StepAsync(string id, Run run, CancellationToken stopping)
    {
        var row = await ReadAsync(id);
        if (row is null or { EndedAt: not null }) return false;
        if (row.IsOver)
        {
            await CleanAsync(row);
            return false;
        }

        if (row.State == CaptureState.Open && host.Find(row.MachineId) is { Ready: true }) return false;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Cancellation.Token);
        var outcome = await TryAsync(row, run, either.Token);
        stopping.ThrowIfCancellationRequested();
        if (outcome.Fault is { } fault) await FailAsync(id, row.State, fault);
        else await MoveAsync(id, row.State, outcome.Value);
        return true;
    }

    private async Task<Outcome<CaptureState>> TryAsync(CaptureRow row, Run run, CancellationToken cancellationToken)
    {
        void Show(string? step)
        {
            run.Step = step;
            changes.Announce();
        }

        try
        {
            return await steps.DoAsync(row, Show, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its row says by now that it was given up, or mayflyd stops.
            return row.State;
        }
#pragma warning disable CA1031 // A bug in one capture must end that one, with its machine.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroke(row.Id, exception);
            return new Fault(ErrorCode.CaptureFailed, "The capture failed in an unforeseen way.", exception.Message, "See the log of mayflyd.");
        }
        finally
        {
            Show(null);
        }
    }

    /// <summary>Its machine goes, and then it has ended. No token: it is finished.</summary>
    private async Task CleanAsync(CaptureRow row)
    {
        lifetimes.End(Lifetimes.Machine(row.MachineId));
        await host.DestroyAsync(row.MachineId);
        await steps.DropAsync(row);
        await ChangeAsync(row.Id, (_, found) => found.EndedAt = time.GetUtcNow());
    }

    private Task MoveAsync(string id, CaptureState from, CaptureState to) => ChangeAsync(id, (_, row) =>
    {
        // Given up meanwhile: that stays.
        if (row.State == from) row.State = to;
    });

    private Task FailAsync(string id, CaptureState from, Fault fault) => ChangeAsync(id, (context, row) =>
    {
        if (row.State != from) return;
        (row.State, row.Fault) = (CaptureState.Failed, fault);
        events.Add(context, new HouseEvent(EventKinds.CaptureEnded, $"The capture of version {row.Version} of '{row.App}' failed. {fault}", row.StartedBy, Level: "error"));
    });

    private async Task ChangeAsync(string id, Action<MayflyDbContext, CaptureRow> change)
    {
        // No token: it has happened.
        await database.WriteAsync(async context =>
        {
            if (await context.Captures.SingleOrDefaultAsync(c => c.Id == id) is { } row) change(context, row);
            return true;
        }, CancellationToken.None);
        changes.Announce();
    }

    private async Task<CaptureRow?> ReadAsync(string id)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Captures.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
    }

    [LoggerMessage(340, LogLevel.Error, "The capture {Id} failed in an unforeseen way")]
    private partial void LogBroke(string id, Exception exception);

    private sealed class Run
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public Task Task { get; set; } = Task.CompletedTask;

        public bool Again { get; set; }

        public string? Step { get; set; }
    }
}
