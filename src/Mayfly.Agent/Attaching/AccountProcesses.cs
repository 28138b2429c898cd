using System.Globalization;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Attaching;

/// <summary>What runs in the guest in somebody's name.</summary>
internal static class AccountProcesses
{
    /// <summary>Process ids of an account.</summary>
    internal static IEnumerable<int> Of(uint account)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && FileStatus.TryOf(folder) is { } status && status.User == account)
                yield return process;
        }
    }
}
