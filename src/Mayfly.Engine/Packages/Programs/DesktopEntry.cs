using Microsoft.Extensions.Configuration;

namespace Mayfly.Engine.Packages.Programs;

/// <summary>A program's menu entry, as the desktop reads it.</summary>
/// <param name="Name">What the menu says.</param>
/// <param name="Comment">What it is, or null.</param>
/// <param name="Icon">Name or absolute path of its icon, or null.</param>
internal sealed record DesktopEntry(string Name, string? Comment, string? Icon)
{
    private const int MostText = 200;

    /// <summary>Reads a file; null when it is no entry of a program, or none that a menu shows.</summary>
    public static DesktopEntry? Read(byte[] content)
    {
        try
        {
            var group = new ConfigurationBuilder().AddIniStream(new MemoryStream(content)).Build().GetSection("Desktop Entry");
            return group["Type"] == "Application" && !IsTrue(group["NoDisplay"]) && !IsTrue(group["Hidden"]) && Text(group["Name"]) is { } name
                ? new DesktopEntry(name, Text(group["Comment"]), group["Icon"])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static string? Text(string? value) =>
        Guests.GuestText.OneLine(value) is { Length: > 0 } line ? line[..Math.Min(line.Length, MostText)] : null;
}
