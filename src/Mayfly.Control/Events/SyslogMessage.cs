using System.Globalization;
using System.Text;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Events;

/// <summary>An event as a syslog message (RFC 5424). Nothing an event holds can end a field or begin another message.</summary>
internal static class SyslogMessage
{
    /// <summary>Longest message by datagram: what every receiver should take.</summary>
    public const int LongestDatagram = 2048;

    /// <summary>Longest message by connection.</summary>
    public const int Longest = 8192;

    private const int Facility = 13;
    private const int LongestField = 200;
    private const int LongestKind = 32;

    // The number that RFC 5612 sets aside for those who have none of their own.
    private const string Data = "mayfly@32473";

    /// <summary>The message in UTF-8, cut at <paramref name="limit"/> bytes between two characters.</summary>
    public static byte[] Of(EventView happened, string host, int limit)
    {
        var text = new StringBuilder();
        var time = happened.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"<{(Facility * 8) + Severity(happened.Level)}>1 {time} {Printable(host, 255)} mayflyd {Environment.ProcessId} {Printable(happened.Kind, LongestKind)} ");
        text.Append('[').Append(Data);
        Field(text, "id", happened.Id.ToString(CultureInfo.InvariantCulture));
        Field(text, "actor", happened.Actor);
        Field(text, "user", happened.User);
        Field(text, "pool", happened.Pool);
        Field(text, "machine", happened.Machine);
        // The mark says that UTF-8 follows.
        text.Append("] \uFEFF").Append(Clean(happened.Message));
        return Cut(Encoding.UTF8.GetBytes(text.ToString()), limit);
    }

    private static int Severity(string level) => level switch { "error" => 3, "warning" => 4, _ => 6 };

    private static void Field(StringBuilder text, string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        text.Append(' ').Append(name).Append("=\"");
        foreach (var letter in Clean(value.Length > LongestField ? value[..LongestField] : value))
        {
            if (letter is '"' or '\\' or ']') text.Append('\\');
            text.Append(letter);
        }

        text.Append('"');
    }

    /// <summary>Without line ends and other control characters, and without halves of characters.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        return clean.ToString();
    }

    /// <summary>Letters of ASCII without spaces, as the head of a message takes them.</summary>
    private static string Printable(string text, int limit)
    {
        var printable = new string([.. text.Where(letter => letter is > ' ' and < '\x7f').Take(limit)]);
        return printable.Length == 0 ? "-" : printable;
    }

    private static byte[] Cut(byte[] message, int limit)
    {
        if (message.Length <= limit) return message;
        var end = limit;
        while ((message[end] & 0xC0) == 0x80) end--;
        return message[..end];
    }
}
