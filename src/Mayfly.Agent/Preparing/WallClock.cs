using Mayfly.Agent.Native;

namespace Mayfly.Agent.Preparing;

/// <summary>The guest's wall clock, which stood still while the image was frozen.</summary>
internal static unsafe class WallClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Sets it.</summary>
    internal static void Set(long utcNanoseconds)
    {
        var time = new TimeSpec { Seconds = utcNanoseconds / NanosecondsPerSecond, Nanoseconds = utcNanoseconds % NanosecondsPerSecond };
        SystemCallException.Check(Libc.ClockSetTime(Constants.ClockRealtime, &time), "clock_settime");
    }

    /// <summary>Reads it.</summary>
    internal static long Read()
    {
        TimeSpec time;
        SystemCallException.Check(Libc.ClockGetTime(Constants.ClockRealtime, &time), "clock_gettime");
        return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }
}
