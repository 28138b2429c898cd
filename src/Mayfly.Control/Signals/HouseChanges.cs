namespace Mayfly.Control.Signals;

/// <summary>
/// Says that something a person or a waiting request could see has changed. Take <see cref="Next"/> before reading the state,
/// then await it: no change is missed.
/// </summary>
public sealed class HouseChanges
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Completes the present <see cref="Next"/>.</summary>
    public void Announce() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
