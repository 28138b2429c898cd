using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Control.Environments;
using Mayfly.Control.Notation;

namespace Mayfly.Control.Personas;

/// <summary>Reads the YAML of a Flex config.</summary>
public static partial class FlexConfigFile
{
    private const int MostPaths = 256;
    private const int MostPrograms = 32;

    // With one of "/" go those of all others to a guest.
    private const int MostDconfPaths = 16;

    /// <summary>Reads one. Faults: InvalidRequest, with every mistake at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its file.</param>
    public static Outcome<FlexConfig> Read(string name, string? text) =>
        HouseYaml.Read<FlexConfig>(text, "The Flex config", "docs/personas.md", config => config with { Name = name }, Complaints);

    private static IEnumerable<string> Complaints(FlexConfig config)
    {
        if (!HouseYaml.IsName(config.Name)) yield return HouseYaml.NoName(config.Name);
        if (config.DisplayName is not { Length: > 0 and <= 100 }) yield return "'displayName' has 1 to 100 letters.";
        if (new[] { config.Include, config.Exclude, config.Xfconf, config.Dconf, config.Programs }.Any(list => list is null))
        {
            yield return "'include', 'exclude', 'xfconf', 'dconf' and 'programs' are lists.";
            yield break;
        }

        if (config.Include.Count + config.Xfconf.Count + config.Dconf.Count == 0) yield return "It names nothing: give 'include', 'xfconf' or 'dconf'.";
        if (new[] { config.Include, config.Exclude, config.Xfconf }.Any(list => list.Count > MostPaths)) yield return $"A list has at most {MostPaths} entries.";
        foreach (var path in config.Include.Concat(config.Exclude).Where(path => !HouseYaml.IsInHome(path)))
            yield return $"'{path}' is no path in the home: it begins with neither '/' nor '-' and has no '.' or '..' between slashes.";
        foreach (var channel in config.Xfconf.Where(channel => channel is null || !Channel().IsMatch(channel)))
            yield return $"'{channel}' is no channel of Xfconf, such as \"xfce4-panel\".";
        if (config.Dconf.Count > MostDconfPaths) yield return $"'dconf' has at most {MostDconfPaths} paths.";
        foreach (var path in config.Dconf.Where(path => path is null || !DconfPath().IsMatch(path)))
            yield return $"'{path}' is no path of dconf, such as \"/org/xfce/mousepad/\".";
        if (config.Programs.Count > MostPrograms) yield return $"'programs' has at most {MostPrograms} entries.";
        foreach (var program in config.Programs.Where(program => program is not ['/', ..] || !HouseYaml.IsInHome(program[1..])))
            yield return $"'{program}' is no program: give its path from '/' on, without '.' or '..' between slashes.";
        foreach (var complaint in ConditionRules.Complaints(config.When)) yield return complaint;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_:-]{1,256}\z")]
    private static partial Regex Channel();

    [GeneratedRegex(@"\A/(?:[A-Za-z0-9_:-]+/)*\z")]
    private static partial Regex DconfPath();
}
