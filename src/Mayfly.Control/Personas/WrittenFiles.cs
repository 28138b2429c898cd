using Mayfly.Contracts.Api;
using Mayfly.Control.Notation;

namespace Mayfly.Control.Personas;

/// <summary>Makes a Flex config of the files that a program has written.</summary>
internal static class WrittenFiles
{
    private const string Channels = ".config/xfce4/xfconf/xfce-perchannel-xml/";
    private const string ChannelSuffix = ".xml";

    // Folders in which each program has one of its own, the longest first.
    private static readonly string[] s_shared = [".config/xfce4", ".local/share", ".local/state", ".config", ".local"];

    // What every session writes, whatever is used in it.
    private static readonly string[] s_ofTheSession =
        [".cache", ".local/share/mayfly", ".local/share/gvfs-metadata", ".local/share/recently-used.xbel", ".config/pulse", ".config/dconf", ".xsession-errors", ".Xauthority", ".ICEauthority", ".dbus"];

    private static readonly string[] s_passing = ["cache", "cache2", "caches", "startupcache", "crashes", "crash reports", "logs", "tmp", "temp", "lock"];

    /// <summary>Makes it.</summary>
    /// <param name="files">Paths in the home, "./.config/thing/rc".</param>
    /// <param name="known">Flex configs there are: what belongs to one of them is left to it.</param>
    public static FlexConfigProposal Propose(IReadOnlyList<string> files, IReadOnlyList<FlexConfig> known)
    {
        var hidden = files.Select(file => file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file).Where(file => file.StartsWith('.') && !s_ofTheSession.Any(own => IsIn(file, own))).ToList();
        var channels = hidden.Where(IsChannel).Select(file => file[Channels.Length..^ChannelSuffix.Length]).Order(StringComparer.Ordinal).ToList();
        var rest = hidden.FindAll(file => !IsIn(file, Channels.TrimEnd('/')));
        var owners = known.Where(config => rest.Exists(file => Owns(config, file)) || channels.Exists(config.Xfconf.Contains)).Select(config => config.Name).ToList();
        var own = rest.FindAll(file => !known.Any(config => Owns(config, file)));
        var config = new FlexConfig
        {
            DisplayName = "New program",
            Include = [.. own.Select(PartOf).Distinct().Order(StringComparer.Ordinal)],
            Exclude = [.. own.Select(PassingIn).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            Xfconf = channels.FindAll(channel => !known.Any(one => one.Xfconf.Contains(channel))),
        };
        return new FlexConfigProposal(HouseYaml.Write(config), own, owners);
    }

    private static bool IsIn(string file, string folder) => file == folder || (file.StartsWith(folder, StringComparison.Ordinal) && file[folder.Length] == '/');

    private static bool IsChannel(string file) => file.StartsWith(Channels, StringComparison.Ordinal) && file.EndsWith(ChannelSuffix, StringComparison.Ordinal);

    private static bool Owns(FlexConfig config, string file) => config.Include.Any(pattern =>
        pattern.Split('/') is var parts && file.Split('/') is var names && names.Length >= parts.Length
        && parts.Zip(names).All(pair => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pair.First, pair.Second, ignoreCase: false)));

    /// <summary>The folder of the program that a file is in, or the file itself where it is in none.</summary>
    private static string PartOf(string file)
    {
        var begin = s_shared.FirstOrDefault(shared => IsIn(file, shared)) is { } shared ? shared.Length + 1 : 0;
        var end = file.IndexOf('/', begin);
        return end < 0 ? file : file[..end];
    }

    /// <summary>The folder, below that of the program, of what is made anew when it is missing; null when the file is in none.</summary>
    private static string? PassingIn(string file)
    {
        var begin = PartOf(file).Split('/').Length;
        var names = file.Split('/');
        var at = Array.FindIndex(names, begin, Math.Max(0, names.Length - begin), name => s_passing.Contains(name.ToLowerInvariant()));
        return at < 0 ? null : string.Join('/', names[..(at + 1)]);
    }
}
