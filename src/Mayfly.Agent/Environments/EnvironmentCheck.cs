using Mayfly.Agent.Personas;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>What is wrong with a request, in words, or null. Nothing that passes leads out of its folder or adds a line to a file.</summary>
internal static class EnvironmentCheck
{
    private const int Most = 256;
    private const int MostDrives = 32;
    private const int MostTasks = 64;
    private const int MostSeconds = 600;
    private const int LongestLine = 4096;

    internal static string? Objection(EnvironmentRequest request) => request switch
    {
        { DriveSeconds: < 1 or > MostSeconds } => $"the time limit must be 1 to {MostSeconds} seconds",
        _ when !AreProper(request.Variables, Most, variable => IsVariable(variable.Name) && IsLine(variable.Value)) => "a variable is malformed",
        _ when !AreProper(request.Drives, MostDrives, IsProper) || !AreUnique(request.Drives, drive => drive.Name) => "a drive is malformed",
        _ when !AreProper(request.Folders, MostDrives, folder => IsProper(folder, request.Drives)) || !AreUnique(request.Folders, folder => folder.Folder) => "a folder is malformed",
        _ when !AreProper(request.Shortcuts, Most, IsProper) => "a shortcut is malformed",
        _ when !AreProper(request.FileTypes, Most, type => IsMediaType(type.Type) && IsEntry(type.Entry)) => "a file type is malformed",
        { Printing: { } printing } when !IsWord(printing.Server) || (printing.Printer is { } printer && !IsWord(printer)) => "the print server is malformed",
        _ when !AreProper(request.Tasks, MostTasks, task => IsLine(task.Name) && task.Command is { Length: > 0 and <= LongestLine } && task.TimeoutSeconds is >= 1 and <= MostSeconds) => "a task is malformed",
        _ => null,
    };

    private static bool AreProper<T>(IReadOnlyList<T>? items, int most, Func<T, bool> isProper) where T : class => items is not null && items.Count <= most && items.All(item => item is not null && isProper(item));

    private static bool AreUnique<T>(IReadOnlyList<T> items, Func<T, string> name) => items.Select(name).Distinct().Count() == items.Count;

    private static bool IsProper(NetworkDrive drive) =>
        IsName(drive.Name, 32) && IsWord(drive.Server) && drive.Port is > 0 and <= ushort.MaxValue && HomeFiles.IsProper(drive.Path)
        && IsOption(drive.Path) && IsOption(drive.User) && IsOption(drive.Domain) && (drive.Password is null || IsLine(drive.Password));

    private static bool IsProper(RedirectedFolder folder, IReadOnlyList<NetworkDrive> drives) =>
        HomeFiles.IsProper(folder.Folder) && !folder.Folder.Contains('/', StringComparison.Ordinal) && (folder.Path is "" || HomeFiles.IsProper(folder.Path)) && drives.Any(drive => drive.Name == folder.Drive);

    private static bool IsProper(Shortcut shortcut) => IsName(shortcut.Id, 64) && IsLine(shortcut.Name) && IsLine(shortcut.Command) && (shortcut.Icon is null || IsLine(shortcut.Icon));

    private static bool IsName(string? name, int longest) => name is { Length: > 0 } && name.Length <= longest && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static bool IsVariable(string? name) => name is { Length: > 0 and <= 128 } && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static bool IsLine(string? text) => text is { Length: <= LongestLine } && !text.Any(char.IsControl);

    // The kernel's list of options is not split at commas here, but that of others may be.
    private static bool IsOption(string? text) => text is null || (IsLine(text) && !text.Contains(',', StringComparison.Ordinal));

    private static bool IsWord(string? text) => text is { Length: > 0 and <= 256 } && text[0] != '-' && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '[' or ']');

    private static bool IsMediaType(string? type) => type is { Length: > 2 and <= 256 } && type.Count(letter => letter == '/') == 1 && type.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '+' or '_' or '*');

    private static bool IsEntry(string? entry) => entry is { Length: <= 256 } && entry.EndsWith(".desktop", StringComparison.Ordinal) && entry.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '+');
}
