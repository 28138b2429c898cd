using System.Text;
using Mayfly.Agent.Native;

namespace Mayfly.Agent;

/// <summary>The agent's rare words about itself, on standard error.</summary>
internal static class Diagnostics
{
    /// <summary>Writes one line. Losing it is no failure.</summary>
    internal static unsafe void Say(string text)
    {
        var line = Encoding.UTF8.GetBytes($"mayfly-agent: {text}\n");
        fixed (byte* start = line)
            _ = Libc.Write(2, start, (nuint)line.Length);
    }
}
