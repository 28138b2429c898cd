using System.Text;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>
/// What is installed in a guest, as its dpkg says. It is written anew before the host's apt reads it: of the fields that matter for what a
/// package needs, in plain characters alone.
/// </summary>
internal static class DpkgStatus
{
    private const int MostLine = 16 * 1024;

    private static readonly HashSet<string> s_fields = new(StringComparer.Ordinal)
    {
        "Package", "Status", "Priority", "Essential", "Architecture", "Multi-Arch", "Version", "Source",
        "Provides", "Depends", "Pre-Depends", "Recommends", "Conflicts", "Breaks", "Replaces",
    };

    /// <summary>The records of a status file that can be trusted to be nothing but that.</summary>
    public static string Clean(byte[] content)
    {
        var clean = new StringBuilder();
        foreach (var record in Encoding.UTF8.GetString(content).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = record.Split('\n').Where(IsPlain).DistinctBy(line => line[..line.IndexOf(':')]).ToList();
            if (lines.Any(line => line.StartsWith("Package:", StringComparison.Ordinal)) && lines.Any(line => line.StartsWith("Version:", StringComparison.Ordinal)))
                clean.AppendJoin('\n', lines).Append("\n\n");
        }

        return clean.ToString();
    }

    private static bool IsPlain(string line) =>
        line.Length <= MostLine && line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && s_fields.Contains(line[..colon])
        && line.All(c => c is >= ' ' and <= '~');
}
