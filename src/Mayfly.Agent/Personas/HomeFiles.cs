using System.IO.Enumeration;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Personas;

/// <summary>Finds what patterns stand for in a home.</summary>
/// <param name="home">The home.</param>
internal sealed class HomeFiles(string home)
{
    /// <summary>More than these are not handed to one program.</summary>
    internal const int Most = 900;

    // The agent does nothing else meanwhile.
    private const int MostLooks = 20_000;

    private static readonly EnumerationOptions All = new() { MatchType = MatchType.Simple, AttributesToSkip = 0, IgnoreInaccessible = true };
    private static readonly char[] Wild = ['*', '?'];
    private int _looks;

    /// <summary>True for a path that stays in the home and that no program takes for an option.</summary>
    internal static bool IsProper(string? pattern) =>
        pattern is { Length: > 0 and <= 1024 } && pattern[0] is not ('/' or '-') && !pattern.Contains('\0', StringComparison.Ordinal)
        && pattern.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>
    /// Paths in the home that are there, each once; null when they are more than <see cref="Most"/>, or too many files are to be looked at for them.
    /// What is mounted in the home is not the home's, though it shows in it.
    /// </summary>
    internal IReadOnlyList<string>? Find(IEnumerable<string> patterns)
    {
        _looks = 0;
        var mounts = MountTable.Read();
        var device = FileStatus.TryOf(home)?.DeviceNumber;
        var found = patterns.SelectMany(pattern => Below("", pattern.Split('/'))).Distinct(StringComparer.Ordinal).Where(path => !IsElsewhere($"{home}/{path}", mounts, device)).Take(Most + 1).ToList();
        return found.Count > Most || _looks > MostLooks ? null : found;
    }

    // The table first: a network drive whose server is gone does not answer. The device only of folders: in a home that lies on layers a file can tell the number of the layer.
    private static bool IsElsewhere(string path, MountTable mounts, ulong? device) =>
        mounts.At(path) is not null || (FileStatus.TryOf(path) is { IsFolder: true } status && status.DeviceNumber != device);

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
            return ++_looks > MostLooks || FileStatus.TryOf(path + part) is null ? [] : [part];
        if (!Directory.Exists(path))
            return [];
        // Sorted: the same files give the same archive.
        return Directory.EnumerateFileSystemEntries(path, "*", All).TakeWhile(_ => ++_looks <= MostLooks).Select(found => Path.GetFileName(found))
            .Where(name => FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false)).Order(StringComparer.Ordinal);
    }
}
