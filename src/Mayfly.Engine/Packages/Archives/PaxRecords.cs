using System.Globalization;

namespace Mayfly.Engine.Packages.Archives;

/// <summary>The records of a pax header: what the fixed header behind it has no room for.</summary>
internal sealed class PaxRecords
{
    private const string Capability = "security.capability";
    private const string Opaque = "trusted.overlay.opaque";

    // Attributes of files as GNU tar and bsdtar write them; the latter's are in base64.
    private const string Plain = "SCHILY.xattr.";
    private const string Coded = "LIBARCHIVE.xattr.";

    private readonly Dictionary<string, byte[]> _values = [];

    /// <summary>None.</summary>
    public static PaxRecords None { get; } = new();

    public string? Name => Text("path");

    public string? LinkName => Text("linkpath");

    public long? Size => Number("size") is var size && size < 0 ? throw new InvalidDataException("it is damaged: a size is below zero") : size;

    public long? UserId => Number("uid");

    public long? GroupId => Number("gid");

    public long? ModifiedAt => Number("mtime");

    public byte[]? CapabilityBytes => Attribute(Capability);

    public bool IsOpaque => Attribute(Opaque) is [(byte)'y'];

    /// <summary>Reads records, each "LENGTH KEY=VALUE\n" with its whole length in front.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or say something that is not understood and can not be left out.</exception>
    public static PaxRecords Read(ReadOnlySpan<byte> bytes)
    {
        var records = new PaxRecords();
        while (bytes.Length > 0)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n')
                throw Damaged();
            records.Add(bytes[(space + 1)..(length - 1)]);
            bytes = bytes[length..];
        }

        return records;
    }

    private void Add(ReadOnlySpan<byte> record)
    {
        var equals = record.IndexOf((byte)'=');
        if (equals <= 0)
            throw Damaged();
        var key = TarHeader.Decode(record[..equals]);
        if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
            throw new InvalidDataException("it has sparse files, which are not read; make it without --sparse");
        _values[key] = record[(equals + 1)..].ToArray();
    }

    private string? Text(string key) => _values.TryGetValue(key, out var value) ? TarHeader.Decode(value) : null;

    /// <summary>Whole seconds or bytes; what is behind a point is left out.</summary>
    private long? Number(string key)
    {
        if (!_values.TryGetValue(key, out var value))
            return null;
        var whole = value.AsSpan();
        if (whole.IndexOf((byte)'.') is var point and >= 0)
            whole = whole[..point];
        return long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Damaged();
    }

    private byte[]? Attribute(string name)
    {
        if (_values.GetValueOrDefault(Plain + name) is { } plain)
            return plain;
        if (Text(Coded + name) is not { } coded)
            return null;
        var bytes = new byte[coded.Length];
        // bsdtar leaves the padding out.
        return Convert.TryFromBase64String(coded.TrimEnd('=') + new string('=', -coded.TrimEnd('=').Length & 3), bytes, out var length)
            ? bytes[..length]
            : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("it is damaged: a pax header can not be read");
}
