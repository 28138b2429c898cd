using Mayfly.Agent.Native;

namespace Mayfly.Agent.Personas;

/// <summary>Finds what patterns stand for in a home.</summary>
/// <param name="home">The home.</param>
internal sealed class HomeFiles(string home)
{
    /// <summary>More than these are not handed to one program.</summary>
    internal const int Most = 900;

    private static readonly EnumerationOptions Exact = new() { MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = 0, IgnoreInaccessible = true };
    private static readonly char[] Wild = ['*', '?'];

    /// <summary>True for a path that stays in the home and that no program takes for an option.</summary>
    internal static bool IsProper(string? pattern) =>
        pattern is { Length: > 0 and <= 1024 } && pattern[0] is not ('/' or '-') && !pattern.Contains('\0', StringComparison.Ordinal)
        && pattern.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>Paths in the home that are there, each once; one more than <see cref="Most"/> at the most. A folder of a network drive is not the home's, though it shows in it.</summary>
    internal IReadOnlyList<string> Find(IEnumerable<string> patterns)
    {
        var device = FileStatus.TryOf(home)?.DeviceNumber;
        return [.. patterns.SelectMany(pattern => Below("", pattern.Split('/'))).Distinct(StringComparer.Ordinal).Where(found => !IsElsewhere(found, device)).Take(Most + 1)];
    }

    // Only of folders: in a home that lies on layers a file can tell the number of the layer.
    private bool IsElsewhere(string found, ulong? device) => FileStatus.TryOf($"{home}/{found}") is { IsFolder: true } status && status.DeviceNumber != device;

    private IEnumerable<string> Below(string folder, ReadOnlyMemory<string> parts)
    {
        if (parts.IsEmpty)
            return [folder[..^1]];
        var part = parts.Span[0];
        return NamesIn(folder, part).SelectMany(name => Below($"{folder}{name}/", parts[1..]));
    }

    private IEnumerable<string> NamesIn(string folder, string part)
    {
        var path = $"{home}/{folder}";
        if (part.IndexOfAny(Wild) < 0)
            return FileStatus.TryOf(path + part) is null ? [] : [part];
        // Sorted: the same files give the same archive.
        return Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path, part, Exact).Take(Most + 1).Select(found => Path.GetFileName(found)).Order(StringComparer.Ordinal) : [];
    }
}
