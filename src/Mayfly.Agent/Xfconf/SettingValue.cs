using System.Globalization;
using Tmds.DBus.Protocol;

namespace Mayfly.Agent.Xfconf;

/// <summary>The value of a property, as it is written to files.</summary>
/// <param name="Type">Its type as D-Bus writes it: one of b y n q i u x t d s; "av" for a list, "gvariant" for what dconf has.</param>
/// <param name="Text">It as text; null for a list.</param>
/// <param name="Items">What is in a list.</param>
internal sealed record SettingValue(string Type, string? Text = null, IReadOnlyList<SettingValue>? Items = null)
{
    private const string List = "av";
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>True when nothing in it is missing.</summary>
    internal bool IsWhole => (Items ?? []).All(item => item is { IsWhole: true });

    /// <inheritdoc/>
    public bool Equals(SettingValue? other) =>
        other is not null && Type == other.Type && Text == other.Text && (Items ?? []).SequenceEqual(other.Items ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Text, Items?.Count);

    /// <summary>Reads it off the bus.</summary>
    /// <exception cref="FormatException">Xfconf has no such type.</exception>
    internal static SettingValue Of(VariantValue value) => value.Type switch
    {
        VariantValueType.Bool => new("b", value.GetBool() ? "true" : "false"),
        VariantValueType.Byte => new("y", value.GetByte().ToString(Plain)),
        VariantValueType.Int16 => new("n", value.GetInt16().ToString(Plain)),
        VariantValueType.UInt16 => new("q", value.GetUInt16().ToString(Plain)),
        VariantValueType.Int32 => new("i", value.GetInt32().ToString(Plain)),
        VariantValueType.UInt32 => new("u", value.GetUInt32().ToString(Plain)),
        VariantValueType.Int64 => new("x", value.GetInt64().ToString(Plain)),
        VariantValueType.UInt64 => new("t", value.GetUInt64().ToString(Plain)),
        VariantValueType.Double => new("d", value.GetDouble().ToString("R", Plain)),
        VariantValueType.String => new("s", value.GetString()),
        VariantValueType.Variant => Of(value.GetVariantValue()),
        VariantValueType.Array => new(List, Items: [.. Enumerable.Range(0, value.Count).Select(index => Of(value.GetItem(index)))]),
        _ => throw new FormatException($"a property has the type {value.Type}"),
    };

    /// <summary>It for the bus.</summary>
    /// <exception cref="FormatException">It was not written by <see cref="Of"/>.</exception>
    internal VariantValue ToVariant() => (Type, Text) switch
    {
        ("b", { } text) => VariantValue.Bool(bool.Parse(text)),
        ("y", { } text) => VariantValue.Byte(byte.Parse(text, Plain)),
        ("n", { } text) => VariantValue.Int16(short.Parse(text, Plain)),
        ("q", { } text) => VariantValue.UInt16(ushort.Parse(text, Plain)),
        ("i", { } text) => VariantValue.Int32(int.Parse(text, Plain)),
        ("u", { } text) => VariantValue.UInt32(uint.Parse(text, Plain)),
        ("x", { } text) => VariantValue.Int64(long.Parse(text, Plain)),
        ("t", { } text) => VariantValue.UInt64(ulong.Parse(text, Plain)),
        ("d", { } text) => VariantValue.Double(double.Parse(text, Plain)),
        ("s", { } text) => VariantValue.String(text),
        (List, null) => VariantValue.ArrayOfVariant((Items ?? []).Select(item => item.ToVariant()).ToArray()),
        _ => throw new FormatException($"a value has the type {Type}"),
    };
}
