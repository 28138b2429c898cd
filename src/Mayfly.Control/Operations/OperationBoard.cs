using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Operations;

/// <summary>Long jobs, running and recently finished. One at a time for each image or application; who comes second is told which is in progress.</summary>
public sealed partial class OperationBoard(BackgroundJobs jobs, EventLog events, TimeProvider time, ILogger<OperationBoard> logger)
{
    private const int FinishedKept = 50;

    private readonly Lock _lock = new();
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<(string Noun, string Name), Operation> _bySubject = [];

    /// <summary>All known operations, newest first.</summary>
    public IReadOnlyList<OperationView> List()
    {
        lock (_lock) return [.. _operations.Select(operation => operation.Snapshot.View).Reverse()];
    }

    /// <summary>One operation. Faults: NotFound.</summary>
    public Outcome<OperationView> Find(string id) => Get(id) is { } operation ? operation.Snapshot.View : NoOperation(id);

    /// <summary>One operation now and at each change, until it has finished. Faults: NotFound.</summary>
    public Outcome<Func<CancellationToken, IAsyncEnumerable<OperationView>>> Watch(string id) =>
        Get(id) is { } operation ? (Func<CancellationToken, IAsyncEnumerable<OperationView>>)operation.WatchAsync : NoOperation(id);

    /// <summary>Begins a job; <paramref name="ended"/> is called once its end can be seen. Faults: Busy.</summary>
    internal Outcome<OperationView> Begin(
        OperationSubject subject, string kind, string target, string actor, Func<IProgress<StepProgress>, CancellationToken, Task<Outcome<ImageVersion>>> work, Action? ended = null)
    {
        var operation = new Operation(Secrets.MakeId()[..12], kind, target, time);
        lock (_lock)
        {
            if (_bySubject.TryGetValue((subject.Noun, subject.Name), out var other))
            {
                var busy = other.Snapshot.View;
                return new Fault(ErrorCode.Busy, $"The {subject.Noun} '{subject.Name}' is being worked on: {busy.Kind} {busy.Target}, operation {busy.Id}.", null, "Wait until that has finished.");
            }

            _bySubject[(subject.Noun, subject.Name)] = operation;
            _operations.Add(operation);
            ForgetOldest();
        }

        _ = jobs.Start($"{kind} {target}", token => RunAsync(operation, subject, actor, work, ended, token));
        return operation.Snapshot.View;
    }

    private async Task<bool> RunAsync(
        Operation operation, OperationSubject subject, string actor, Func<IProgress<StepProgress>, CancellationToken, Task<Outcome<ImageVersion>>> work, Action? ended,
        CancellationToken cancellationToken)
    {
        var view = operation.Snapshot.View;
        try
        {
            await RecordAsync(subject.Started, $"{view.Kind} of '{view.Target}' has begun.", "info");
            var outcome = await work(operation, cancellationToken);
            await FinishAsync(operation, subject, outcome, RecordAsync);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            operation.Fail(new Fault(ErrorCode.ShuttingDown, $"{view.Kind} of '{view.Target}' was given up because mayflyd stops.", null, "Begin it again."));
        }
#pragma warning disable CA1031 // A bug in a job must still end the operation that people wait for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroke(view.Kind, view.Target, exception);
            var fault = new Fault(subject.Broken, $"{view.Kind} of '{view.Target}' failed in an unforeseen way.", exception.Message, "See the log of mayflyd.");
            await FinishAsync(operation, subject, fault, RecordAsync);
        }
        finally
        {
            Release(operation);
            ended?.Invoke();
        }

        return true;

        Task RecordAsync(string kind, string message, string level) => this.RecordAsync(new HouseEvent(kind, message, actor, Level: level));
    }

    /// <summary>A job that was done is done, and its end is seen, also while no event can be written.</summary>
    private async Task RecordAsync(HouseEvent told)
    {
        try
        {
            await events.RecordAsync(told, CancellationToken.None);
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            LogNotRecorded(told.Message, exception);
        }
    }

    private async Task FinishAsync(Operation operation, OperationSubject subject, Outcome<ImageVersion> outcome, Func<string, string, string, Task> record)
    {
        var view = operation.Snapshot.View;
        // What it worked on is free before the end is seen: whoever waited for it may begin the next job at once.
        Release(operation);
        if (outcome.TryGet(out var made, out var fault))
        {
            await record(subject.Finished, $"{view.Kind} of '{view.Target}' has finished: {made}.", "info");
            operation.Succeed(made.Version);
        }
        else
        {
            await record(subject.Failed, $"{view.Kind} of '{view.Target}' failed. {fault}", "error");
            operation.Fail(fault);
        }
    }

    private void Release(Operation operation)
    {
        lock (_lock)
        {
            foreach (var subject in _bySubject.Where(entry => entry.Value == operation).Select(entry => entry.Key).ToList()) _bySubject.Remove(subject);
        }
    }

    private Operation? Get(string id)
    {
        lock (_lock) return _operations.Find(operation => operation.Snapshot.View.Id == id);
    }

    private void ForgetOldest()
    {
        var finished = _operations.Where(operation => operation.Snapshot.View.FinishedAt is not null).ToList();
        foreach (var operation in finished.Take(finished.Count - FinishedKept)) _operations.Remove(operation);
    }

    private static Fault NoOperation(string id) => new(ErrorCode.NotFound, $"There is no operation '{id}'.", "Finished ones are forgotten after a while and at a restart.");

    [LoggerMessage(401, LogLevel.Warning, "It could not be recorded that {What}")]
    private partial void LogNotRecorded(string what, Exception exception);

    [LoggerMessage(400, LogLevel.Error, "{Kind} of {Target} failed in an unforeseen way")]
    private partial void LogBroke(string kind, string target, Exception exception);
}
