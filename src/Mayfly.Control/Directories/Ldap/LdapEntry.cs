using System.Globalization;
using System.Text;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>An entry of a directory: its name and the attributes that were asked for.</summary>
internal sealed record LdapEntry(string Dn, IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Attributes)
{
    /// <summary>The first value of an attribute as text, or null.</summary>
    public string? Text(string attribute) => Bytes(attribute) is { Length: > 0 } value ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The first value of an attribute, or null.</summary>
    public byte[]? Bytes(string attribute) => Attributes.TryGetValue(attribute, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>The first value of an attribute as a whole number, or null.</summary>
    public long? Number(string attribute) =>
        long.TryParse(Text(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
