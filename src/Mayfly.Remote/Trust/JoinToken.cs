using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.WebUtilities;

namespace Mayfly.Remote.Trust;

/// <summary>
/// What a host that belongs to no house hands to its administrator: where it is, how it is known, and what proves that whoever comes was sent by them.
/// Good for one house, once. Written as <c>mayfly-host://ADDRESS:PORT/?key=FINGERPRINT&amp;secret=SECRET</c>.
/// </summary>
/// <param name="Address">Host name or IP address.</param>
/// <param name="Port">Port.</param>
/// <param name="Fingerprint">Of the certificate it shows.</param>
/// <param name="Secret">Known to the host and to the token alone.</param>
public sealed record JoinToken(string Address, int Port, string Fingerprint, string Secret)
{
    /// <summary>Where it answers.</summary>
    public Uri Uri => new UriBuilder(Uri.UriSchemeHttps, Address, Port).Uri;

    /// <summary>Reads a token; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JoinToken? token)
    {
        token = null;
        if (text is not { Length: < 1024 } || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme != "mayfly-host" || uri.Port < 1 || uri.Host.Length == 0) return false;
        var words = QueryHelpers.ParseQuery(uri.Query);
        if (!words.TryGetValue("key", out var key) || !words.TryGetValue("secret", out var secret) || key is not [{ Length: 64 } known] || secret is not [{ Length: > 20 } proof]) return false;
        token = new JoinToken(uri.Host, uri.Port, known, proof);
        return true;
    }

    /// <summary>The token as it is handed on.</summary>
    public override string ToString() => $"{new UriBuilder("mayfly-host", Address, Port)}?key={Fingerprint}&secret={Secret}";
}
