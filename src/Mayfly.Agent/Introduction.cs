using Mayfly.Contracts.Agent;

namespace Mayfly.Agent;

/// <summary>What the agent says of itself and its guest.</summary>
internal static class Introduction
{
    private const string Kernel = "/proc/sys/kernel/osrelease";
    private const string NameKey = "PRETTY_NAME=";

    /// <summary>Reads it afresh.</summary>
    internal static AgentHello Make(GuestPaths paths) => new(
        AgentVerbs.Version,
        typeof(Introduction).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
        OsName(paths),
        File.Exists(Kernel) ? File.ReadAllText(Kernel).Trim() : "unknown",
        [AgentVerbs.Hello, AgentVerbs.Settle, AgentVerbs.Cleanse, AgentVerbs.ClonePrep, AgentVerbs.Exec]);

    private static string OsName(GuestPaths paths)
    {
        var file = paths.In("/etc/os-release");
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(text => text.StartsWith(NameKey, StringComparison.Ordinal)) : null;
        return line is null ? "Linux" : line[NameKey.Length..].Trim().Trim('"', '\'');
    }
}
