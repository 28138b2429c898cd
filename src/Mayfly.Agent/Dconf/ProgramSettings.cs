using Mayfly.Agent.Xfconf;

namespace Mayfly.Agent.Dconf;

/// <summary>
/// What a person has set in programs that use dconf: what differs from the desktop before anybody used it, of each path by itself. A key belongs to
/// the longest path that it is below.
/// </summary>
/// <param name="dconf">dconf of the running session.</param>
/// <param name="before">What its settings were before anybody used it.</param>
internal sealed class ProgramSettings(DconfProgram dconf, SettingsFolder before)
{
    private const string All = "/";

    /// <summary>Begins a path that belongs to somebody else.</summary>
    private const char Elsewhere = '!';

    /// <summary>True for a path, or one that belongs to somebody else: it begins and ends with a slash.</summary>
    internal static bool IsPath(string? path) =>
        path is { Length: > 0 and <= 256 } && path.TrimStart(Elsewhere) is ['/', .. var names] && path.Length - names.Length <= 2
        && (names is "" || (names[^1] == '/' && names[..^1].Split('/').All(name => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ':'))));

    /// <summary>Files of these paths have such a name in a <see cref="SettingsFolder"/>; null for a path that belongs to somebody else.</summary>
    internal static string? NameOf(string path) => path[0] == Elsewhere ? null : $"dconf{path.TrimEnd('/')}";

    /// <summary>Writes down what is set.</summary>
    internal async Task NoteAsync() => before.Write(NameOf(All)!, new ChannelSettings(await dconf.ReadAsync(), []));

    /// <summary>Writes what differs from that, of each path.</summary>
    internal async Task SaveAsync(SettingsFolder folder, IReadOnlyList<string> paths)
    {
        var (now, known) = (await dconf.ReadAsync(), Known());
        foreach (var path in paths)
        {
            if (NameOf(path) is { } name)
                folder.Write(name, ChannelSettings.Differing(Of(now, path, paths), Of(known, path, paths)));
        }
    }

    /// <summary>
    /// Sets what was written, that of longer paths over that of shorter ones. With all that the file of the home says: it may have been brought, and dconf's
    /// service would put what it remembers in its place.
    /// </summary>
    internal async Task LoadAsync(SettingsFolder folder, IEnumerable<string> paths)
    {
        var wanted = await dconf.ReadAsync();
        var gone = new HashSet<string>();
        foreach (var path in paths.OrderBy(path => path.Length))
        {
            if (NameOf(path) is not { } name || folder.Read(name) is not { } read)
                continue;
            if (!read.Set.All(pair => IsKey(pair.Key, path) && pair.Value is { Type: DconfProgram.Variant, Text: { } text } && !text.Contains('\n', StringComparison.Ordinal)) || !read.Reset.All(key => IsKey(key, path)))
                throw new FormatException($"settings of {path} are not what was written");
            foreach (var (key, value) in read.Set)
                wanted[key] = value;
            gone.UnionWith(read.Reset.Where(wanted.ContainsKey));
            gone.ExceptWith(read.Set.Keys);
        }
        if (!wanted.SequenceEqual(Known()))
            await dconf.SetAsync(wanted);
        foreach (var key in gone)
            await dconf.ResetAsync(key);
    }

    private SortedDictionary<string, SettingValue> Known() => before.Read(NameOf(All)!)?.Set ?? [];

    private static bool IsKey(string key, string path) =>
        key.Length > path.Length && key.StartsWith(path, StringComparison.Ordinal) && key[^1] != '/' && !key.Any(letter => char.IsControl(letter) || letter is '=' or '[' or ']');

    private static SortedDictionary<string, SettingValue> Of(SortedDictionary<string, SettingValue> values, string path, IReadOnlyList<string> paths) =>
        new(values.Where(pair => paths.Select(other => other.TrimStart(Elsewhere)).Where(other => pair.Key.StartsWith(other, StringComparison.Ordinal)).MaxBy(other => other.Length) == path).ToDictionary(), StringComparer.Ordinal);
}
