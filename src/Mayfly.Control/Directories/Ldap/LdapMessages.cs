using System.Formats.Asn1;
using System.Text;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>The four requests Mayfly sends, as BER (RFC 4511).</summary>
internal static class LdapMessages
{
    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";

    private enum Aliases
    {
        NeverFollow = 0,
    }

    /// <summary>Signs in with name and password.</summary>
    public static byte[] Bind(int id, string dn, string password) => Message(id, writer =>
    {
        using var request = writer.PushSequence(Application(0));
        writer.WriteInteger(3);
        writer.WriteOctetString(Encoding.UTF8.GetBytes(dn));
        writer.WriteOctetString(Encoding.UTF8.GetBytes(password), Context(0));
    });

    /// <summary>Asks for entries. The server is told the limits too, so that it does no work for nothing.</summary>
    /// <exception cref="FormatException">The filter is none; settings are checked before.</exception>
    public static byte[] Search(int id, LdapSearch search, int seconds) => Message(id, writer =>
    {
        using var request = writer.PushSequence(Application(3));
        writer.WriteOctetString(Encoding.UTF8.GetBytes(search.Base));
        writer.WriteEnumeratedValue(search.Scope);
        writer.WriteEnumeratedValue(Aliases.NeverFollow);
        writer.WriteInteger(search.Limit);
        writer.WriteInteger(seconds);
        writer.WriteBoolean(false);
        if (!LdapFilter.TryWrite(search.Filter, writer)) throw new FormatException($"This is no search filter: {search.Filter}");
        using var attributes = writer.PushSequence();
        foreach (var attribute in search.Attributes) writer.WriteOctetString(Encoding.UTF8.GetBytes(attribute));
    });

    /// <summary>Asks to go on encrypted.</summary>
    public static byte[] StartTls(int id) => Message(id, writer =>
    {
        using var request = writer.PushSequence(Application(23));
        writer.WriteOctetString(Encoding.ASCII.GetBytes(StartTlsName), Context(0));
    });

    /// <summary>Says good-bye.</summary>
    public static byte[] Unbind(int id) => Message(id, writer => writer.WriteNull(Application(2)));

    private static byte[] Message(int id, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            write(writer);
        }

        return writer.Encode();
    }

    private static Asn1Tag Application(int number) => new(TagClass.Application, number);

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);
}
