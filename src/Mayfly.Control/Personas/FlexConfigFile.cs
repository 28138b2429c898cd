using System.Text;
using System.Text.RegularExpressions;
using Mayfly.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Mayfly.Control.Personas;

/// <summary>Reads the YAML of a Flex config.</summary>
public static partial class FlexConfigFile
{
    private const int MostBytes = 64 << 10;
    private const int MostPaths = 256;

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().WithTypeMapping<IReadOnlyList<string>, List<string>>().Build();

    /// <summary>Reads one. Faults: InvalidRequest, with every mistake at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its file.</param>
    public static Outcome<FlexConfig> Read(string name, string? text)
    {
        if (Encoding.UTF8.GetByteCount(text ?? "") > MostBytes) return Wrong([$"It is larger than {MostBytes} bytes."]);
        try
        {
            var config = (Yaml.Deserialize<FlexConfig?>(text ?? "") ?? new FlexConfig()) with { Name = name };
            var complaints = Complaints(config).ToList();
            return complaints.Count == 0 ? config : Wrong(complaints);
        }
        catch (YamlException error)
        {
            return Wrong([$"Line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}"]);
        }
    }

    private static IEnumerable<string> Complaints(FlexConfig config)
    {
        if (!Name().IsMatch(config.Name)) yield return $"'{config.Name}' is no name: 1 to 63 of a-z, 0-9 and '-', beginning with a letter.";
        if (config.DisplayName is not { Length: > 0 and <= 100 }) yield return "'displayName' has 1 to 100 letters.";
        if (config.Include is null || config.Exclude is null || config.Xfconf is null)
        {
            yield return "'include', 'exclude' and 'xfconf' are lists.";
            yield break;
        }

        if (config.Include.Count + config.Xfconf.Count == 0) yield return "It names nothing: give 'include', 'xfconf' or both.";
        if (config.Include.Count > MostPaths || config.Exclude.Count > MostPaths || config.Xfconf.Count > MostPaths) yield return $"A list has at most {MostPaths} entries.";
        foreach (var path in config.Include.Concat(config.Exclude).Where(path => !IsInHome(path)))
            yield return $"'{path}' is no path in the home: it begins with neither '/' nor '-' and has no '.' or '..' between slashes.";
        foreach (var channel in config.Xfconf.Where(channel => channel is null || !Channel().IsMatch(channel)))
            yield return $"'{channel}' is no channel of Xfconf, such as \"xfce4-panel\".";
    }

    private static bool IsInHome(string? path) =>
        path is { Length: > 0 and <= 1024 } && path[0] is not ('/' or '-') && !path.Any(char.IsControl) && path.Split('/').All(part => part is not ("" or "." or ".."));

    private static Fault Wrong(IEnumerable<string> complaints) => new(ErrorCode.InvalidRequest, "The Flex config can not be used.", string.Join(" ", complaints), "docs/personas.md tells what one looks like.");

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_:-]{1,256}\z")]
    private static partial Regex Channel();
}
