using System.Diagnostics;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>How long each step of an attach took.</summary>
internal sealed class Steps
{
    private readonly List<PrepStep> _all = [];
    private long _since;

    /// <param name="first">Name of the first step, which ends now.</param>
    /// <param name="start">When it began.</param>
    internal Steps(string first, long start)
    {
        _since = start;
        Done(first);
    }

    /// <summary>All that are done.</summary>
    internal IReadOnlyList<PrepStep> All => _all;

    /// <summary>A step has ended, and the next begins.</summary>
    internal void Done(string name)
    {
        _all.Add(new PrepStep(name, (long)Stopwatch.GetElapsedTime(_since).TotalMicroseconds));
        _since = Stopwatch.GetTimestamp();
    }
}
