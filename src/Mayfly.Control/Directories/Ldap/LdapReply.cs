using System.Formats.Asn1;
using System.Text;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>One message from a server.</summary>
/// <param name="Id">Number of the request it answers; 0 for one nobody asked for.</param>
/// <param name="Kind">Its application tag.</param>
/// <param name="Body">Its content.</param>
internal sealed record LdapReply(int Id, int Kind, ReadOnlyMemory<byte> Body)
{
    public const int BindDone = 1;
    public const int Entry = 4;
    public const int SearchDone = 5;
    public const int Reference = 19;
    public const int ExtendedDone = 24;

    /// <summary>Takes a message apart.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static LdapReply Read(ReadOnlyMemory<byte> frame)
    {
        var message = new AsnReader(frame, AsnEncodingRules.BER).ReadSequence();
        if (!message.TryReadInt32(out var id)) throw new AsnContentException();
        var tag = message.PeekTag();
        if (tag.TagClass != TagClass.Application) throw new AsnContentException();
        return new LdapReply(id, tag.TagValue, message.PeekEncodedValue());
    }

    /// <summary>The message as the end of a request.</summary>
    public LdapResult ReadResult()
    {
        var result = Open();
        var code = result.ReadEnumeratedValue<LdapResultCode>();
        result.ReadOctetString();
        return new LdapResult(code, ShownText.From(Encoding.UTF8.GetString(result.ReadOctetString())));
    }

    /// <summary>The message as an entry that was found.</summary>
    public LdapEntry ReadEntry()
    {
        var entry = Open();
        var dn = Encoding.UTF8.GetString(entry.ReadOctetString());
        if (dn.Length == 0) throw new IOException("It finds an entry that has no name.");
        var attributes = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.OrdinalIgnoreCase);
        var list = entry.ReadSequence();
        while (list.HasData)
        {
            var attribute = list.ReadSequence();
            var name = Encoding.UTF8.GetString(attribute.ReadOctetString());
            var values = new List<byte[]>();
            var set = attribute.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData) values.Add(set.ReadOctetString());
            attributes[name] = values;
        }

        return new LdapEntry(dn, attributes);
    }

    private AsnReader Open() => new AsnReader(Body, AsnEncodingRules.BER).ReadSequence(new Asn1Tag(TagClass.Application, Kind));
}
