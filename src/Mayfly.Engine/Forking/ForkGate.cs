namespace Mayfly.Engine.Forking;

/// <summary>Knows whether forks are under way, so that work that can wait lets them pass first.</summary>
internal sealed class ForkGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _ended;
    private int _forks;

    /// <summary>A fork begins; it ends when what is returned is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_lock)
        {
            _forks++;
            _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Passage(this);
    }

    /// <summary>Completes as soon as no fork is under way.</summary>
    public Task QuietAsync()
    {
        lock (_lock)
            return _ended?.Task ?? Task.CompletedTask;
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_forks > 0)
                return;
            _ended!.SetResult();
            _ended = null;
        }
    }

    private sealed class Passage(ForkGate gate) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                gate.End();
        }
    }
}
