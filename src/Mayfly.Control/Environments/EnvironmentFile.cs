using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Control.Notation;

namespace Mayfly.Control.Environments;

/// <summary>Reads the YAML of an environment.</summary>
public static partial class EnvironmentFile
{
    private const int Most = 64;
    private const int MostDrives = 16;
    private const int MostTasks = 16;
    private const int MostSeconds = 600;
    private const int LongestLine = 4096;

    /// <summary>Reads one. Faults: InvalidRequest, with every mistake at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its file.</param>
    public static Outcome<HouseEnvironment> Read(string name, string? text) =>
        HouseYaml.Read<HouseEnvironment>(text, "The environment", "docs/environments.md", environment => environment with { Name = name }, Complaints);

    private static IEnumerable<string> Complaints(HouseEnvironment environment)
    {
        if (!HouseYaml.IsName(environment.Name)) yield return HouseYaml.NoName(environment.Name);
        if (environment.DisplayName is not { Length: > 0 and <= 100 }) yield return "'displayName' has 1 to 100 letters.";
        if (environment.Variables is null || environment.Drives is null || environment.Folders is null || environment.Shortcuts is null || environment.FileTypes is null || environment.Tasks is null)
        {
            yield return "One of the lists says nothing: leave it out, or fill it.";
            yield break;
        }

        var counts = new[] { environment.Variables.Count, environment.Folders.Count, environment.Shortcuts.Count, environment.FileTypes.Count };
        if (counts.Max() > Most || environment.Drives.Count > MostDrives || environment.Tasks.Count > MostTasks) yield return $"There are at most {Most} of each, and {MostDrives} drives and {MostTasks} tasks.";
        foreach (var complaint in ConditionRules.Complaints(environment.When).Concat(OfVariables(environment)).Concat(OfDrives(environment)).Concat(OfMenu(environment)).Concat(OfTasks(environment)))
            yield return complaint;
    }

    private static IEnumerable<string> OfVariables(HouseEnvironment environment) =>
        environment.Variables.Where(variable => !Variable().IsMatch(variable.Key) || !IsLine(variable.Value)).Select(variable => $"'{variable.Key}' is no variable: a name of letters, digits and '_', and a value in one line.");

    private static IEnumerable<string> OfDrives(HouseEnvironment environment)
    {
        foreach (var drive in environment.Drives)
        {
            if (drive is null || !Drive().IsMatch(drive.Name ?? "") || !Server().IsMatch(drive.Server ?? "") || drive.Port is < 1 or > ushort.MaxValue || !HouseYaml.IsInHome(drive.Path))
                yield return $"The drive '{drive?.Name}' can not be: it needs a name of a-z, 0-9 and '-', a server, and a path such as \"share/folder\".";
            else if (!IsOption(drive.User) || !IsOption(drive.Domain) || !IsOption(drive.Path) || (drive.Password is { } password && !IsLine(password)) || (drive.User is null && drive.Password is not null))
                yield return $"The account of the drive '{drive.Name}' can not be: it is in one line, without a comma, and a password needs a user.";
        }

        foreach (var (folder, target) in environment.Folders)
        {
            if (!HouseYaml.IsInHome(folder) || folder.Contains('/', StringComparison.Ordinal)) yield return $"'{folder}' is no folder of the home, such as \"Documents\".";
            if (!HouseYaml.IsInHome(target) || environment.Drives.All(drive => drive?.Name != target.Split('/')[0])) yield return $"'{target}' is on none of these drives: \"DRIVE/PATH\", and the drive is of the same environment.";
        }
    }

    private static IEnumerable<string> OfMenu(HouseEnvironment environment)
    {
        foreach (var shortcut in environment.Shortcuts.Where(shortcut => shortcut is null || !IsLine(shortcut.Name) || shortcut.Name.Length == 0 || (shortcut.Command is null) == (shortcut.Url is null) || !IsLine(shortcut.Command ?? "") || !IsLine(shortcut.Icon ?? "")))
            yield return $"The shortcut '{shortcut?.Name}' can not be: it has a name, and either a command or a url.";
        foreach (var shortcut in environment.Shortcuts.Where(shortcut => shortcut?.Url is { } url && !IsOfTheWeb(url)))
            yield return $"'{shortcut.Url}' is no address of the web.";
        foreach (var (type, entry) in environment.FileTypes.Where(type => !MediaType().IsMatch(type.Key) || !Entry().IsMatch(type.Value ?? "")))
            yield return $"'{type}: {entry}' is no media type with a desktop entry, such as \"application/pdf: firefox-esr.desktop\".";
        if (environment.Printing is { } printing && (!Server().IsMatch(printing.Server ?? "") || (printing.Printer is { } printer && !Server().IsMatch(printer))))
            yield return "'printing' needs a server, and its printer has a name without spaces.";
    }

    private static IEnumerable<string> OfTasks(HouseEnvironment environment) => environment.Tasks
        .Where(task => task is null || !IsLine(task.Name) || task.Name.Length == 0 || task.Run is not { Length: > 0 and <= LongestLine } || task.TimeoutSeconds is < 1 or > MostSeconds)
        .Select(task => $"The task '{task?.Name}' can not be: it has a name, what to run, and a time limit of 1 to {MostSeconds} seconds.");

    private static bool IsLine(string? text) => text is { Length: <= LongestLine } && !text.Any(char.IsControl);

    private static bool IsOption(string? text) => text is null || (IsLine(text) && !text.Contains(',', StringComparison.Ordinal));

    private static bool IsOfTheWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex Drive();

    [GeneratedRegex(@"\A[A-Za-z0-9_.\[\]][A-Za-z0-9_.:\[\]-]{0,255}\z")]
    private static partial Regex Server();

    [GeneratedRegex(@"\A[A-Za-z0-9.+*_-]{1,127}/[A-Za-z0-9.+*_-]{1,127}\z")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"\A[A-Za-z0-9._+-]{1,248}\.desktop\z")]
    private static partial Regex Entry();
}
