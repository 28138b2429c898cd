using System.Text;
using Mayfly.Contracts.Agent;
using Mayfly.Control.Sessions;

namespace Mayfly.Control.Environments;

/// <summary>Several environments made one request. Where two set the same, that of the later name counts.</summary>
internal static class EnvironmentPlan
{
    private const int DriveSeconds = 60;

    /// <summary>What a logon sets up.</summary>
    public static EnvironmentRequest ForLogon(IReadOnlyList<HouseEnvironment> environments, SessionRow session) => new(
        [.. Last(environments.SelectMany(one => one.Variables), variable => variable.Key).Select(variable => new EnvironmentVariable(variable.Key, Expand(variable.Value, session)))],
        [.. Last(environments.SelectMany(one => one.Drives), drive => drive.Name).Select(drive => ToDrive(drive, session))],
        [.. Last(environments.SelectMany(one => one.Folders), folder => folder.Key).Select(folder => ToFolder(folder.Key, Expand(folder.Value, session)))],
        [.. environments.SelectMany(one => one.Shortcuts.Select((shortcut, index) => ToShortcut($"{one.Name}-{index}", shortcut, session)))],
        [.. Last(environments.SelectMany(one => one.FileTypes), type => type.Key).Select(type => new FileTypeDefault(type.Key, type.Value))],
        environments.Select(one => one.Printing).LastOrDefault(printing => printing is not null) is { } printing ? new PrintServer(printing.Server, printing.Printer) : null,
        Tasks(environments, TaskMoment.Logon),
        DriveSeconds);

    /// <summary>What is done at a later moment, or null when there is nothing.</summary>
    public static EnvironmentRequest? ForMoment(IEnumerable<HouseEnvironment> environments, TaskMoment moment) =>
        Tasks(environments, moment) is { Count: > 0 } tasks ? new EnvironmentRequest([], [], [], [], [], null, tasks, DriveSeconds) : null;

    private static List<SessionTask> Tasks(IEnumerable<HouseEnvironment> environments, TaskMoment moment) =>
        [.. environments.SelectMany(one => one.Tasks).Where(task => task.At == moment).Select(task => new SessionTask(task.Name, task.Run, task.AsSystem, task.TimeoutSeconds))];

    private static IEnumerable<T> Last<T>(IEnumerable<T> items, Func<T, string> key) => items.GroupBy(key).Select(same => same.Last());

    private static NetworkDrive ToDrive(EnvironmentDrive drive, SessionRow session) =>
        new(drive.Name, drive.Server, drive.Port, Expand(drive.Path, session), drive.User is null ? null : Expand(drive.User, session), drive.Password, drive.Domain, drive.ReadOnly);

    private static RedirectedFolder ToFolder(string folder, string target)
    {
        var drive = target.Split('/')[0];
        return new RedirectedFolder(folder, drive, target.Length == drive.Length ? "" : target[(drive.Length + 1)..]);
    }

    private static Shortcut ToShortcut(string id, EnvironmentShortcut shortcut, SessionRow session) =>
        new(id, shortcut.Name, shortcut.Url is { } url ? $"gio open \"{Quote(new Uri(Expand(url, session)).AbsoluteUri)}\"" : Expand(shortcut.Command!, session), shortcut.Icon);

    private static string Expand(string text, SessionRow session) => new StringBuilder(text).Replace("{user}", session.User).Replace("{pool}", session.Pool).Replace("{machine}", session.Machine).ToString();

    // What an Exec line of a desktop entry takes for something else, also between quotes.
    private static string Quote(string url) => new StringBuilder(url).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("`", "\\`").Replace("$", "\\$").Replace("%", "%%").ToString();
}
