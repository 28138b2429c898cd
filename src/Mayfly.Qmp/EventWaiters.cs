namespace Mayfly.Qmp;

/// <summary>Those who wait for an event. Each gets the first that fits, once.</summary>
internal sealed class EventWaiters
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];

    public Task<QmpEvent> Add(Func<QmpEvent, bool> fits, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(fits, new TaskCompletionSource<QmpEvent>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
            _waiters.Add(waiter);
        var registration = cancellationToken.Register(() => Cancel(waiter, cancellationToken));
        _ = waiter.Result.Task.ContinueWith(
            _ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return waiter.Result.Task;
    }

    public void Offer(QmpEvent happened)
    {
        List<Waiter> served;
        lock (_lock)
        {
            served = _waiters.FindAll(waiter => waiter.Fits(happened));
            _waiters.RemoveAll(served.Contains);
        }

        foreach (var waiter in served)
            waiter.Result.TrySetResult(happened);
    }

    public void EndAll(Exception reason)
    {
        List<Waiter> left;
        lock (_lock)
        {
            left = [.. _waiters];
            _waiters.Clear();
        }

        foreach (var waiter in left)
            waiter.Result.TrySetException(reason);
    }

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
            _waiters.Remove(waiter);
        waiter.Result.TrySetCanceled(cancellationToken);
    }

    private sealed record Waiter(Func<QmpEvent, bool> Fits, TaskCompletionSource<QmpEvent> Result);
}
