using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>Search filters: written as text (RFC 4515), sent as BER (RFC 4511, section 4.5.1.7).</summary>
internal sealed class LdapFilter
{
    private const int DeepestNesting = 16;
    private const string AttributeCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.;";

    private readonly string _text;
    private readonly AsnWriter _writer;
    private int _at;

    private LdapFilter(string text, AsnWriter writer)
    {
        _text = text;
        _writer = writer;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>A value made safe to stand in a filter: whatever could end it or mean something in it becomes hexadecimal.</summary>
    public static string Escape(string value) => Escape(Encoding.UTF8.GetBytes(value));

    /// <summary>A binary value as it stands in a filter.</summary>
    public static string Escape(byte[] value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var octet in value)
        {
            if (octet is > 0x1f and < 0x7f and not ((byte)'(' or (byte)')' or (byte)'*' or (byte)'\\')) escaped.Append((char)octet);
            else escaped.Append('\\').Append(octet.ToString("x2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    /// <summary>True when the text is a filter.</summary>
    public static bool IsValid(string text) => TryWrite(text, new AsnWriter(AsnEncodingRules.BER));

    /// <summary>Writes the filter; false when the text is none.</summary>
    public static bool TryWrite(string text, AsnWriter writer)
    {
        try
        {
            var filter = new LdapFilter(text, writer);
            filter.WriteFilter(0);
            return filter._at == text.Length;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);

    private void WriteFilter(int depth)
    {
        if (depth > DeepestNesting) throw new FormatException();
        Take('(');
        switch (Next)
        {
            case '&': WriteList(0, depth); break;
            case '|': WriteList(1, depth); break;
            case '!': WriteNot(depth); break;
            default: WriteItem(); break;
        }

        Take(')');
    }

    private void WriteList(int tag, int depth)
    {
        _at++;
        using var _ = _writer.PushSetOf(Tag(tag));
        while (Next == '(') WriteFilter(depth + 1);
    }

    private void WriteNot(int depth)
    {
        _at++;
        using var _ = _writer.PushSequence(Tag(2));
        WriteFilter(depth + 1);
    }

    private void WriteItem()
    {
        var start = _at;
        while (Next != '\0' && AttributeCharacters.Contains(Next, StringComparison.Ordinal)) _at++;
        var attribute = _text[start.._at];
        if (Next == ':')
        {
            WriteExtensible(attribute);
            return;
        }

        if (attribute.Length == 0) throw new FormatException();
        var tag = Next switch { '=' => 3, '>' => 5, '<' => 6, '~' => 8, _ => throw new FormatException() };
        if (tag != 3) _at++;
        Take('=');
        var parts = ReadParts();
        if (parts.Count == 1) WriteComparison(tag, attribute, parts[0]);
        else if (tag != 3) throw new FormatException();
        else if (parts.All(part => part.Length == 0) && parts.Count == 2) _writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute), Tag(7));
        else WriteSubstrings(attribute, parts);
    }

    private void WriteComparison(int tag, string attribute, byte[] value)
    {
        using var _ = _writer.PushSequence(Tag(tag));
        _writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute));
        _writer.WriteOctetString(value);
    }

    private void WriteSubstrings(string attribute, List<byte[]> parts)
    {
        using var _ = _writer.PushSequence(Tag(4));
        _writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute));
        using var list = _writer.PushSequence();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Length > 0) _writer.WriteOctetString(parts[i], Tag(i == 0 ? 0 : i == parts.Count - 1 ? 2 : 1));
        }
    }

    /// <summary>"attribute:dn:rule:=value"; attribute, ":dn" and rule may each be missing.</summary>
    private void WriteExtensible(string attribute)
    {
        var end = _text.IndexOf(":=", _at, StringComparison.Ordinal);
        if (end < 0) throw new FormatException();
        var words = _text[_at..end].Split(':', StringSplitOptions.RemoveEmptyEntries).ToList();
        var dn = words.Remove("dn");
        if (words.Count > 1 || words.Count + attribute.Length == 0) throw new FormatException();
        if (words.Any(word => word.Any(c => !AttributeCharacters.Contains(c, StringComparison.Ordinal)))) throw new FormatException();
        _at = end + 2;
        if (ReadParts() is not [var value]) throw new FormatException();
        using var _ = _writer.PushSequence(Tag(9));
        if (words.Count == 1) _writer.WriteOctetString(Encoding.ASCII.GetBytes(words[0]), Tag(1));
        if (attribute.Length > 0) _writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute), Tag(2));
        _writer.WriteOctetString(value, Tag(3));
        if (dn) _writer.WriteBoolean(true, Tag(4));
    }

    /// <summary>The value up to its closing parenthesis, in the parts that asterisks divide it into.</summary>
    private List<byte[]> ReadParts()
    {
        var parts = new List<byte[]>();
        var part = new List<byte>();
        while (Next is not ')')
        {
            switch (Next)
            {
                case '\0' or '(': throw new FormatException();
                case '*':
                    parts.Add([.. part]);
                    part.Clear();
                    _at++;
                    break;
                case '\\':
                    if (_at + 3 > _text.Length || !byte.TryParse(_text.AsSpan(_at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
                        throw new FormatException();
                    part.Add(octet);
                    _at += 3;
                    break;
                default:
                    var length = _at + 1 < _text.Length && char.IsSurrogatePair(_text, _at) ? 2 : 1;
                    part.AddRange(Encoding.UTF8.GetBytes(_text.Substring(_at, length)));
                    _at += length;
                    break;
            }
        }

        parts.Add([.. part]);
        return parts;
    }

    private void Take(char expected)
    {
        if (Next != expected) throw new FormatException();
        _at++;
    }
}
