using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Engine;

namespace Mayfly.Control.Operations;

/// <summary>One long job: the only mutable holder of its state. Readers get snapshots with a rising version.</summary>
internal sealed class Operation : IProgress<StepProgress>
{
    private readonly Lock _lock = new();
    private readonly HouseChanges _changes = new();
    private readonly TimeProvider _time;
    private OperationView _view;
    private long _version = 1;
    private DateTimeOffset _stepStarted;

    public Operation(string id, string kind, string target, TimeProvider time)
    {
        _time = time;
        _stepStarted = time.GetUtcNow();
        _view = new OperationView(id, kind, target, "running", "starting", 0, _stepStarted, null, [], null, null);
    }

    public (OperationView View, long Version) Snapshot
    {
        get
        {
            lock (_lock) return (_view, _version);
        }
    }

    /// <inheritdoc/>
    public void Report(StepProgress value) => Change(view =>
    {
        var percent = Math.Clamp(value.Percent, view.Percent, 100);
        return value.Step == view.Step ? view with { Percent = percent } : EndStep(view) with { Step = value.Step, Percent = percent };
    });

    public void Succeed(string result) => Change(view =>
        EndStep(view) with { State = "succeeded", Step = "done", Percent = 100, FinishedAt = _time.GetUtcNow(), Result = result });

    public void Fail(Fault fault) => Change(view => EndStep(view) with { State = "failed", FinishedAt = _time.GetUtcNow(), Fault = fault });

    /// <summary>The operation now and whenever it has changed; ends after its last state. Fast changes may be skipped, the last never.</summary>
    public async IAsyncEnumerable<OperationView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = 0;
        while (true)
        {
            var changed = _changes.Next;
            var (view, version) = Snapshot;
            if (version > seen) yield return view;
            seen = version;
            if (view.FinishedAt is not null) yield break;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private OperationView EndStep(OperationView view)
    {
        var now = _time.GetUtcNow();
        var step = new OperationStep(view.Step, (now - _stepStarted).TotalSeconds);
        _stepStarted = now;
        return view.Step == "starting" ? view : view with { Steps = [.. view.Steps, step] };
    }

    private void Change(Func<OperationView, OperationView> change)
    {
        lock (_lock)
        {
            // A report that comes after the end says nothing new.
            if (_view.FinishedAt is not null) return;
            _view = change(_view);
            _version++;
        }

        _changes.Announce();
    }
}
