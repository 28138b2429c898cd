using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Loop;

/// <summary>A timer of the event loop. It exists only while something is being waited for; stop it to have none.</summary>
internal sealed unsafe class Alarm
{
    private readonly EventLoop _loop;
    private int _timer;

    /// <summary>Starts it.</summary>
    /// <param name="loop">Where it rings.</param>
    /// <param name="period">Time until it rings, at least a millisecond.</param>
    /// <param name="repeat">Whether it rings again and again.</param>
    /// <param name="ring">Called in the loop.</param>
    internal Alarm(EventLoop loop, TimeSpan period, bool repeat, Action ring)
    {
        _loop = loop;
        _timer = SystemCallException.Check(Libc.TimerCreate(ClockMonotonic, CloseOnExec | NonBlocking), "timerfd_create");
        var ticks = Math.Max(period.Ticks, TimeSpan.TicksPerMillisecond);
        var first = new TimeSpec { Seconds = ticks / TimeSpan.TicksPerSecond, Nanoseconds = ticks % TimeSpan.TicksPerSecond * 100 };
        var value = new TimerSpec { First = first, Interval = repeat ? first : default };
        SystemCallException.Check(Libc.TimerSet(_timer, 0, &value, null), "timerfd_settime");
        loop.Watch(_timer, PollIn, _ => Ring(ring));
    }

    /// <summary>Stops it for good; stopping twice is no failure.</summary>
    internal void Stop()
    {
        if (_timer == 0)
            return;
        _loop.Close(_timer);
        _timer = 0;
    }

    private void Ring(Action ring)
    {
        ulong expirations;
        if (Libc.Read(_timer, (byte*)&expirations, sizeof(ulong)) == sizeof(ulong))
            ring();
    }
}
