using System.Text;
using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Control.Environments;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Mayfly.Control.Notation;

/// <summary>Reads YAML that people write, and writes such as they go on from.</summary>
internal static partial class HouseYaml
{
    private const int MostBytes = 64 << 10;
    private const int LongestPath = 1024;

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().WithEnumNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeMapping<IReadOnlyList<string>, List<string>>().WithTypeMapping<IReadOnlyDictionary<string, string>, Dictionary<string, string>>()
        .WithTypeMapping<IReadOnlyList<Condition>, List<Condition>>().WithTypeMapping<IReadOnlyList<EnvironmentDrive>, List<EnvironmentDrive>>()
        .WithTypeMapping<IReadOnlyList<EnvironmentShortcut>, List<EnvironmentShortcut>>().WithTypeMapping<IReadOnlyList<EnvironmentTask>, List<EnvironmentTask>>().Build();

    private static readonly ISerializer Writer = new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections).Build();

    /// <summary>Reads one file. Faults: InvalidRequest, with every mistake at once.</summary>
    /// <param name="text">The file; none is one that says nothing.</param>
    /// <param name="what">What it is, as a sentence about it begins.</param>
    /// <param name="guide">Which page tells what one looks like.</param>
    /// <param name="finish">Adds what is not in the file.</param>
    /// <param name="complaints">Tells what is wrong with it.</param>
    public static Outcome<T> Read<T>(string? text, string what, string guide, Func<T, T> finish, Func<T, IEnumerable<string>> complaints) where T : class, new()
    {
        if (Encoding.UTF8.GetByteCount(text ?? "") > MostBytes) return Wrong([$"It is larger than {MostBytes} bytes."]);
        try
        {
            var read = finish(Yaml.Deserialize<T?>(text ?? "") ?? new T());
            var wrong = complaints(read).ToList();
            return wrong.Count == 0 ? read : Wrong(wrong);
        }
        catch (YamlException error)
        {
            return Wrong([$"Line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}"]);
        }

        Fault Wrong(IEnumerable<string> mistakes) => new(ErrorCode.InvalidRequest, $"{what} can not be used.", string.Join(" ", mistakes), $"{guide} tells what one looks like.");
    }

    /// <summary>Writes one, without what is as it is by itself.</summary>
    public static string Write(object file) => Writer.Serialize(file);

    /// <summary>True for 1 to 63 of a-z, 0-9 and '-', beginning with a letter.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Says so of one that is none.</summary>
    public static string NoName(string name) => $"'{name}' is no name: 1 to 63 of a-z, 0-9 and '-', beginning with a letter.";

    /// <summary>True for a path that stays where it begins, and that no program takes for an option.</summary>
    public static bool IsInHome(string? path) =>
        path is { Length: > 0 and <= LongestPath } && path[0] is not ('/' or '-') && !path.Any(char.IsControl) && path.Split('/').All(part => part is not ("" or "." or ".."));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    private static partial Regex Name();
}
