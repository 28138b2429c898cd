using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>One server of a directory.</summary>
/// <param name="Host">Name or address; its certificate must be for this.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Security">How it is spoken to.</param>
internal sealed record LdapServer(string Host, int Port, LdapSecurity Security)
{
    /// <summary>Reads "host", "host:port", "ldap://..." or "ldaps://..."; null when it is none of these, or contradicts the security asked for.</summary>
    public static LdapServer? Parse(string text, LdapSecurity security)
    {
        var written = text.Contains("://", StringComparison.Ordinal) ? text : $"{(security == LdapSecurity.Ldaps ? "ldaps" : "ldap")}://{text}";
        if (!Uri.TryCreate(written, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return null;
        if (uri.AbsolutePath is not ("" or "/") || uri.Query.Length + uri.Fragment.Length + uri.UserInfo.Length > 0) return null;
        return uri.Scheme switch
        {
            "ldaps" => new LdapServer(uri.IdnHost, uri.Port > 0 ? uri.Port : 636, LdapSecurity.Ldaps),
            "ldap" when security != LdapSecurity.Ldaps => new LdapServer(uri.IdnHost, uri.Port > 0 ? uri.Port : 389, security),
            _ => null,
        };
    }

    /// <summary>The server as an address.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return $"{(Security == LdapSecurity.Ldaps ? "ldaps" : "ldap")}://{host}:{Port}";
    }
}
