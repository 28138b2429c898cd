using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Mayfly.Control.Personas;

/// <summary>The Flex configs that come with Mayfly: one YAML file each in <c>Personas/Ready</c>, whose name is that of the file.</summary>
public sealed class FlexConfigBook
{
    private const string Suffix = ".yaml";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().WithTypeMapping<IReadOnlyList<string>, List<string>>().Build();

    /// <summary>All, by name.</summary>
    public IReadOnlyList<FlexConfig> All { get; } = [.. Names().Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>One, or null.</summary>
    public FlexConfig? Find(string name) => All.FirstOrDefault(config => config.Name == name);

    private static IEnumerable<string> Names() => typeof(FlexConfigBook).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal));

    private static FlexConfig Read(string resource)
    {
        using var reader = new StreamReader(typeof(FlexConfigBook).Assembly.GetManifestResourceStream(resource)!);
        return Yaml.Deserialize<FlexConfig>(reader) with { Name = resource[..^Suffix.Length] };
    }
}
