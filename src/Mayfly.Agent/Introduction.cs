using Mayfly.Contracts.Agent;

namespace Mayfly.Agent;

/// <summary>What the agent says of itself and its guest.</summary>
internal static class Introduction
{
    private const string Kernel = "/proc/sys/kernel/osrelease";

    /// <summary>Reads it afresh.</summary>
    internal static AgentHello Make(GuestPaths paths) => new(
        AgentVerbs.Version,
        typeof(Introduction).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
        OsName(paths),
        File.Exists(Kernel) ? File.ReadAllText(Kernel).Trim() : "unknown",
        [AgentVerbs.Hello, AgentVerbs.Settle, AgentVerbs.Cleanse, AgentVerbs.ClonePrep, AgentVerbs.Exec, AgentVerbs.SetScreen,
            AgentVerbs.Attach, AgentVerbs.Release, AgentVerbs.AwaitLaunch, AgentVerbs.Pack, AgentVerbs.PersonaSave, AgentVerbs.PersonaLoad, AgentVerbs.PersonaSet,
            AgentVerbs.WatchPrograms, AgentVerbs.AwaitProgram, AgentVerbs.Environment])
    {
        Os = Os(paths),
    };

    private static string OsName(GuestPaths paths) => Value(paths, "PRETTY_NAME") ?? "Linux";

    private static string? Os(GuestPaths paths) =>
        Value(paths, "ID") is { } id && Value(paths, "VERSION_ID") is { } version ? $"{id}-{version}" : Value(paths, "ID");

    private static string? Value(GuestPaths paths, string key)
    {
        var file = paths.In("/etc/os-release");
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(text => text.StartsWith($"{key}=", StringComparison.Ordinal)) : null;
        return line?[(key.Length + 1)..].Trim().Trim('"', '\'');
    }
}
