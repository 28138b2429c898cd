namespace Mayfly.Engine.Processes;

/// <summary>Names of the signals that end processes. Numbers are those of x86-64 Linux.</summary>
internal static class SignalNames
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [5] = "SIGTRAP",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
        [31] = "SIGSYS",
    };

    /// <summary>Its name, or "signal N".</summary>
    public static string Of(int signal) => Names.GetValueOrDefault(signal, $"signal {signal}");

    /// <summary>True when a process gets it for a mistake of its own.</summary>
    public static bool IsCrash(int signal) => signal is 4 or 5 or 6 or 7 or 8 or 11 or 31;
}
