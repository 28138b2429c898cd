namespace Mayfly.Engine.Hosts;

/// <summary>Memory and disk promised to something under way. Dispose it when that runs or has failed; twice is no failure.</summary>
/// <param name="giveBack">Called once.</param>
internal sealed class Reservation(Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
