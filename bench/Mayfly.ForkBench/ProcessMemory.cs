using System.Globalization;

namespace Mayfly.ForkBench;

/// <summary>Memory of a process by the kernel's own account.</summary>
internal static class ProcessMemory
{
    /// <summary>Private bytes (clean and dirty): what ending the process would give back.</summary>
    public static long PrivateBytes(int processId) => File.ReadLines($"/proc/{processId}/smaps_rollup")
        .Where(line => line.StartsWith("Private_Clean:", StringComparison.Ordinal) || line.StartsWith("Private_Dirty:", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
}
