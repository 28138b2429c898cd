using System.Globalization;

namespace Mayfly.Agent.Attaching;

/// <summary>One mount as /proc/self/mountinfo tells it.</summary>
/// <param name="Device">Major and minor number of what is mounted, "8:0".</param>
/// <param name="Point">Where it is.</param>
/// <param name="Type">Type of the file system.</param>
/// <param name="Options">What the file system says of itself.</param>
internal sealed record MountEntry(string Device, string Point, string Type, IReadOnlyList<string> Options);

/// <summary>What is mounted at this moment. The kernel is the only one who remembers, so that the agent can be started anew at any time.</summary>
internal sealed class MountTable
{
    private const string Source = "/proc/self/mountinfo";
    private readonly List<MountEntry> _entries;

    private MountTable(List<MountEntry> entries) => _entries = entries;

    /// <summary>Reads it afresh.</summary>
    internal static MountTable Read() => Parse(File.ReadLines(Source));

    /// <summary>Takes it from lines of mountinfo.</summary>
    internal static MountTable Parse(IEnumerable<string> lines)
    {
        const int Device = 2, Point = 4, Shortest = 7;
        var entries = new List<MountEntry>();
        foreach (var line in lines)
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (fields.Length >= Shortest && dash > Point && dash + 1 < fields.Length)
                entries.Add(new MountEntry(fields[Device], Unescape(fields[Point]), fields[dash + 1], fields[^1].Split(',')));
        }
        return new MountTable(entries);
    }

    /// <summary>The topmost mount on a path, or null when there is none on that very path.</summary>
    internal MountEntry? At(string path) => _entries.FindLast(entry => entry.Point == path);

    /// <summary>Mounts below a path that are not below another one there.</summary>
    internal IReadOnlyList<string> Below(string path)
    {
        var points = _entries.Select(entry => entry.Point).Where(point => IsBelow(point, path)).Distinct().ToList();
        return points.FindAll(point => !points.Exists(other => IsBelow(point, other)));
    }

    /// <summary>True while a device is mounted somewhere.</summary>
    internal bool Has(string device) => _entries.Exists(entry => entry.Device == device);

    private static bool IsBelow(string point, string path) => point.StartsWith(path + "/", StringComparison.Ordinal);

    // A space, tab, line end or backslash in a name comes as a backslash and three octal digits.
    private static string Unescape(string text)
    {
        const int Digits = 3;
        for (var at = text.IndexOf('\\'); at >= 0 && at + Digits < text.Length; at = text.IndexOf('\\', at + 1))
            text = string.Concat(text.AsSpan(0, at), ((char)Convert.ToInt32(text.Substring(at + 1, Digits), 8)).ToString(CultureInfo.InvariantCulture), text.AsSpan(at + Digits + 1));
        return text;
    }
}
