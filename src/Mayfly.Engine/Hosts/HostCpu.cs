namespace Mayfly.Engine.Hosts;

/// <summary>What kind of CPU this host has.</summary>
internal static class HostCpu
{
    private const string ModelField = "model name";

    /// <summary>Its model name.</summary>
    public static string Model { get; } = File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith(ModelField, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
