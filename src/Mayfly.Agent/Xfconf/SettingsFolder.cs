using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayfly.Agent.Xfconf;

/// <summary>What is set of one channel.</summary>
/// <param name="Set">Properties by name.</param>
/// <param name="Reset">Properties that the image sets and that shall not be.</param>
internal sealed record ChannelSettings(SortedDictionary<string, SettingValue> Set, IReadOnlyList<string> Reset)
{
    /// <summary>What has to be set and reset to make these out of those.</summary>
    internal static ChannelSettings Differing(SortedDictionary<string, SettingValue> these, SortedDictionary<string, SettingValue> those) =>
        new(Changed(these, those), [.. those.Keys.Where(property => !these.ContainsKey(property)).Order(StringComparer.Ordinal)]);

    /// <summary>What is set in these, and otherwise or not at all in those.</summary>
    internal static SortedDictionary<string, SettingValue> Changed(SortedDictionary<string, SettingValue> these, SortedDictionary<string, SettingValue> those) =>
        new(these.Where(pair => !(those.TryGetValue(pair.Key, out var other) && other.Equals(pair.Value))).ToDictionary(), StringComparer.Ordinal);
}

/// <summary>Source-generated JSON of settings.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ChannelSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;

/// <summary>Files of settings, one for each channel.</summary>
/// <param name="path">Where; it is made when something is written.</param>
internal sealed class SettingsFolder(string path)
{
    private const string OfHome = ".local/share/mayfly/settings";
    private const int MostBytes = 4 << 20;

    /// <summary>Where a home has what was set in its desktop. Programs write their settings nowhere near it.</summary>
    internal static SettingsFolder In(string home) => new($"{home}/{OfHome}");

    /// <summary>The file of a channel, as a path in a home.</summary>
    internal static string PathInHome(string channel) => $"{OfHome}/{channel}.json";

    /// <summary>Reads a file; null when there is none.</summary>
    /// <exception cref="JsonException">It is not what was written.</exception>
    internal ChannelSettings? Read(string channel)
    {
        var file = new FileInfo(FileOf(channel));
        if (!file.Exists)
            return null;
        if (file.Length > MostBytes)
            throw new JsonException($"{file.FullName} is larger than {MostBytes} bytes");
        var read = JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), SettingsJson.Default.ChannelSettings);
        // The reader checks all but what is in a list.
        return read is not null && read.Set.Values.All(value => value is { IsWhole: true }) && read.Reset.All(property => property is not null)
            ? read
            : throw new JsonException($"{file.FullName} has a value that is missing");
    }

    /// <summary>Writes a file: the whole of it, or it stays what it was. One that says the same already is not touched.</summary>
    internal void Write(string channel, ChannelSettings settings)
    {
        var file = FileOf(channel);
        var content = JsonSerializer.SerializeToUtf8Bytes(settings, SettingsJson.Default.ChannelSettings);
        if (File.Exists(file) ? content.AsSpan().SequenceEqual(File.ReadAllBytes(file)) : settings is { Set.Count: 0, Reset.Count: 0 })
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file + ".new", content);
        File.Move(file + ".new", file, overwrite: true);
    }

    private string FileOf(string channel) => $"{path}/{channel}.json";
}
