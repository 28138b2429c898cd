using System.Text;

namespace Mayfly.Engine.Forking;

/// <summary>Finds processes of earlier runs by what they were started with. A name of ours is random, so it is nobody else's.</summary>
internal static class ProcessScan
{
    /// <summary>Numbers of the processes whose arguments have one that starts with a text.</summary>
    public static IReadOnlyList<int> WithArgument(string start) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0 && Arguments(id).Any(argument => argument.StartsWith(start, StringComparison.Ordinal))),
    ];

    private static string[] Arguments(int processId)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{processId}/cmdline")).Split('\0');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
