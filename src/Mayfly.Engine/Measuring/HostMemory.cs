using System.Globalization;

namespace Mayfly.Engine.Measuring;

/// <summary>Reads the kernel's tables of sizes, whose lines are "Name:   N kB".</summary>
internal static class HostMemory
{
    private const string Unit = "kB";

    /// <summary>One size of this host, such as "MemTotal", in bytes.</summary>
    public static long OfHost(string field) => Find(File.ReadLines("/proc/meminfo"), field) ?? throw new IOException($"/proc/meminfo has no {field}.");

    /// <summary>Several sizes of a process, such as "RssAnon", in bytes, added up. 0 when there is no such process.</summary>
    public static long OfProcess(int processId, params ReadOnlySpan<string> fields)
    {
        try
        {
            var lines = File.ReadAllLines($"/proc/{processId}/status");
            long sum = 0;
            foreach (var field in fields)
                sum += Find(lines, field) ?? 0;
            return sum;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long? Find(IEnumerable<string> lines, string field) =>
        lines.FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal)) is { } found
            ? long.Parse(found[(field.Length + 1)..^Unit.Length].Trim(), CultureInfo.InvariantCulture) * 1024
            : null;
}
