namespace Mayfly.Contracts.Api;

/// <summary>How the connection to an LDAP directory is protected.</summary>
public enum LdapSecurity
{
    /// <summary>Not at all: passwords can be read on the network. Refused unless <see cref="LdapSettings.AllowPlaintext"/> is set.</summary>
    None,
    /// <summary>A plain connection that is encrypted before anything else is said on it. Port 389 unless told.</summary>
    StartTls,
    /// <summary>Encrypted from the first byte. Port 636 unless told.</summary>
    Ldaps,
}

/// <summary>How a directory keeps its groups.</summary>
public enum LdapGroupKind
{
    /// <summary>Active Directory: security groups, nested ones and the primary group included; the directory follows them.</summary>
    ActiveDirectory,
    /// <summary>groupOfNames and groupOfUniqueNames, whose members may be groups; Mayfly follows them upward.</summary>
    GroupOfNames,
    /// <summary>posixGroup with memberUid, and the group of the account's gidNumber; never nested.</summary>
    PosixGroup,
}

/// <summary>An LDAP directory in which people are looked up and their passwords checked.</summary>
public sealed record LdapSettings
{
    /// <summary>User filter that suits Active Directory: by account name or by user principal name.</summary>
    public const string ActiveDirectoryUserFilter =
        "(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={user})(userPrincipalName={user})))";

    /// <summary>User filter that suits inetOrgPerson and RFC 2307 accounts.</summary>
    public const string InetOrgPersonUserFilter = "(&(|(objectClass=inetOrgPerson)(objectClass=posixAccount))(uid={user}))";

    /// <summary>What the directory is called in this house, 1 to 63 characters.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 8 servers, tried in this order: "host", "host:port", "ldap://host:port" or "ldaps://host:port".</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>How connections are protected. An "ldaps://" server is <see cref="LdapSecurity.Ldaps"/> whatever this says.</summary>
    public LdapSecurity Security { get; init; } = LdapSecurity.StartTls;

    /// <summary>True allows <see cref="LdapSecurity.None"/>.</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>PEM of the authorities that alone may vouch for the servers, or null for those this host trusts.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>DN, or for Active Directory also "name@domain", of the account that searches; null searches anonymously.</summary>
    public string? BindDn { get; init; }

    /// <summary>Its password. Never given back by the API.</summary>
    public string? BindPassword { get; init; }

    /// <summary>DN below which people are.</summary>
    public required string UserBase { get; init; }

    /// <summary>Filter (RFC 4515) that finds one person; {user} becomes the name given, escaped. Null means the usual one for <see cref="GroupKind"/>.</summary>
    public string? UserFilter { get; init; }

    /// <summary>Attribute with the login name; null means sAMAccountName in Active Directory and uid elsewhere.</summary>
    public string? UserNameAttribute { get; init; }

    /// <summary>Attribute with the name shown; null means displayName, or cn where there is none.</summary>
    public string? DisplayNameAttribute { get; init; }

    /// <summary>Attribute with the mail address.</summary>
    public string MailAttribute { get; init; } = "mail";

    /// <summary>DN below which groups are, or null when groups do not matter.</summary>
    public string? GroupBase { get; init; }

    /// <summary>How groups are kept.</summary>
    public LdapGroupKind GroupKind { get; init; } = LdapGroupKind.ActiveDirectory;

    /// <summary>Most seconds that connecting to one server takes, and that all questions on a connection take together: 1 to 60.</summary>
    public int TimeoutSeconds { get; init; } = 10;
}

/// <summary>What a trial of an LDAP directory found.</summary>
/// <param name="Server">The server that answered, as "ldap://host:port" or "ldaps://host:port".</param>
/// <param name="Encryption">The TLS version in use, such as "Tls13", or null when the connection is plain.</param>
/// <param name="Users">People the user filter finds for any name, counted up to 1000.</param>
/// <param name="MoreUsers">True when there are more than were counted.</param>
/// <param name="Groups">Groups found, counted up to 1000; 0 without a group base.</param>
/// <param name="MoreGroups">True when there are more than were counted.</param>
public sealed record LdapTestReport(string Server, string? Encryption, int Users, bool MoreUsers, int Groups, bool MoreGroups);

/// <summary>An OpenID Connect provider with which people sign in.</summary>
public sealed record OpenIdSettings
{
    /// <summary>What the provider is called in this house, 1 to 63 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Text of the button on the sign-in page.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The provider's issuer, below which its discovery document is: "https://login.example.org/realms/house".</summary>
    public required string Authority { get; init; }

    /// <summary>PEM of the authorities that alone may vouch for the provider, or null for those this host trusts.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>Mayfly's id at the provider.</summary>
    public required string ClientId { get; init; }

    /// <summary>Mayfly's secret at the provider, or null for a public client. Never given back by the API.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Scopes asked for; openid always is.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile", "email"];

    /// <summary>Claim with the login name.</summary>
    public string UserClaim { get; init; } = "preferred_username";

    /// <summary>Claim with the name shown.</summary>
    public string DisplayNameClaim { get; init; } = "name";

    /// <summary>Claim with the names of groups, or null when groups do not matter.</summary>
    public string? GroupsClaim { get; init; } = "groups";

    /// <summary>False allows plain HTTP, for trials on one host.</summary>
    public bool RequireHttps { get; init; } = true;

    /// <summary>Most seconds that one request to the provider takes: 1 to 60.</summary>
    public int TimeoutSeconds { get; init; } = 10;
}

/// <summary>What a trial of an OpenID Connect provider found.</summary>
/// <param name="Issuer">The provider's name for itself.</param>
/// <param name="SigningKeys">Keys it signs with.</param>
/// <param name="Pkce">True when it says that it supports PKCE with S256.</param>
/// <param name="NamesIssuer">True when it names itself in the answer the browser brings (RFC 9207).</param>
public sealed record OpenIdTestReport(string Issuer, int SigningKeys, bool Pkce, bool NamesIssuer);

/// <summary>A directory of the house; exactly one of the two settings is set. Passwords and secrets are never shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ldap">An LDAP directory's settings, or null.</param>
/// <param name="OpenId">An OpenID Connect provider's settings, or null.</param>
/// <param name="Users">Users who came from it.</param>
public sealed record DirectoryView(string Name, LdapSettings? Ldap, OpenIdSettings? OpenId, int Users);

/// <summary>Adds or changes a directory; exactly one of the two settings is set. A password or secret of null keeps the one there is.</summary>
/// <param name="Ldap">An LDAP directory's settings, or null.</param>
/// <param name="OpenId">An OpenID Connect provider's settings, or null.</param>
public sealed record SetDirectoryRequest(LdapSettings? Ldap = null, OpenIdSettings? OpenId = null);

/// <summary>What a trial of a directory found; that of its kind is set.</summary>
/// <param name="Ldap">Of an LDAP directory.</param>
/// <param name="OpenId">Of an OpenID Connect provider.</param>
public sealed record DirectoryTestReport(LdapTestReport? Ldap, OpenIdTestReport? OpenId);
