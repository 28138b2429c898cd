using Mayfly.Agent.Loop;

namespace Mayfly.Agent.Personas;

/// <summary>A part of a persona that is brought when a program starts.</summary>
internal sealed class WatchedPart
{
    // A program that starts itself anew has not ended.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private readonly HashSet<int> _running = [];
    private Alarm? _rest;
    private bool _told;

    /// <summary>Paths of its programs.</summary>
    internal IReadOnlyList<string> Programs { get; set; } = [];

    /// <summary>True once it was brought, or never will be.</summary>
    internal bool Ready { get; private set; }

    /// <summary>True once a program had to start without it.</summary>
    internal bool Late { get; set; }

    /// <summary>True while programs of it are to wait.</summary>
    internal bool IsAwaited => !Ready && !Late;

    /// <summary>True from the end of its last process until that has been dealt with.</summary>
    internal bool Ended { get; private set; }

    /// <summary>Since when what is changed of it is its user's; null when it was not seen to become ready.</summary>
    internal HomeChanges? Changes { get; private set; }

    /// <summary>It is ready.</summary>
    /// <param name="now">True when it was brought just now.</param>
    internal void BecomeReady(bool now)
    {
        Ready = true;
        if (now)
            Changes = new HomeChanges();
    }

    /// <summary>A process of it runs.</summary>
    internal void Began(int process)
    {
        _running.Add(process);
        StopRest();
    }

    /// <summary>A process of it has ended; calls back when no other comes.</summary>
    internal void End(int process, EventLoop loop, Action ended)
    {
        if (!_running.Remove(process) || _running.Count > 0)
            return;
        _rest = new Alarm(loop, Rest, repeat: false, () =>
        {
            StopRest();
            (Ended, _told) = (true, false);
            ended();
        });
    }

    /// <summary>The host is told that it has ended.</summary>
    internal void TellEnd() => _told = true;

    /// <summary>The host has dealt with the end it was told of.</summary>
    internal void ForgetEnd() => Ended &= !_told;

    private void StopRest()
    {
        _rest?.Stop();
        _rest = null;
    }
}
