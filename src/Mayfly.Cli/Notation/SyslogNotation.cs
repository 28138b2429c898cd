using System.Globalization;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Notation;

/// <summary>A syslog server, as "udp://log.example.org" or "tcp://log.example.org:6514", or none.</summary>
/// <param name="Server">Null for none.</param>
internal readonly record struct SyslogNotation(SyslogSettings? Server)
{
    public const string Form = "udp://HOST[:PORT]|tcp://HOST[:PORT]|none";

    private const int UdpPort = 514;
    private const int TcpPort = 601;

    /// <summary>Reads it, or returns null when the text is neither.</summary>
    public static SyslogNotation? Read(string text)
    {
        if (text is "none")
            return new(null);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.PathAndQuery is not ("/" or "") || uri.UserInfo.Length > 0)
            return null;
        return uri.Scheme switch
        {
            "udp" => new(new SyslogSettings(uri.IdnHost, uri.IsDefaultPort ? UdpPort : uri.Port, SyslogTransport.Udp)),
            "tcp" => new(new SyslogSettings(uri.IdnHost, uri.IsDefaultPort ? TcpPort : uri.Port, SyslogTransport.Tcp)),
            _ => null,
        };
    }

    /// <summary>Writes a server so that <see cref="Read"/> reads it again.</summary>
    public static string? Write(SyslogSettings? server) => server is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{server.Transport.ToString().ToLowerInvariant()}://{(server.Host.Contains(':', StringComparison.Ordinal) ? $"[{server.Host}]" : server.Host)}:{server.Port}");
}
