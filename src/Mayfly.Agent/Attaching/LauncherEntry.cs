using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>The desktop entry of a launcher.</summary>
internal static class LauncherEntry
{
    private const int LongestId = 64;
    private const int LongestName = 200;

    /// <summary>True when nothing of it can lead out of its folder or add a line to an entry.</summary>
    internal static bool IsProper(Launcher launcher) => launcher is { Id.Length: > 0 and <= LongestId, Name.Length: > 0 and <= LongestName, DesktopEntry.Length: > 0 and <= LongestName }
        && launcher.Id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.')
        && launcher.Id[0] != '.'
        && !launcher.Name.Any(char.IsControl)
        && !launcher.DesktopEntry.Any(c => char.IsControl(c) || c == '/')
        && launcher.DesktopEntry.EndsWith(".desktop", StringComparison.Ordinal);

    /// <summary>Its text.</summary>
    internal static string Text(Launcher launcher, string program) =>
        $"""
        [Desktop Entry]
        Type=Application
        Name={launcher.Name.Replace("\\", "\\\\", StringComparison.Ordinal)}
        Icon=system-software-install
        Exec={program} {launcher.Id}
        StartupNotify=true

        """;
}
