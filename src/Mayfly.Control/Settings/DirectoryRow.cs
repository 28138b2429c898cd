using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;

namespace Mayfly.Control.Settings;

/// <summary>A directory people of this house sign in with, and how it is reached.</summary>
public sealed class DirectoryRow
{
    public required string Name { get; init; }

    /// <summary>One of <see cref="DirectoryKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The settings as JSON, passwords and secrets among them: the API never shows those.</summary>
    public required string Settings { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its settings when it is an LDAP directory, secrets included.</summary>
    public LdapSettings? Ldap => Kind == DirectoryKinds.Ldap ? JsonColumn.Read<LdapSettings>(Settings) : null;

    /// <summary>Its settings when it is an OpenID Connect provider, secrets included.</summary>
    public OpenIdSettings? OpenId => Kind == DirectoryKinds.OpenId ? JsonColumn.Read<OpenIdSettings>(Settings) : null;

    internal DirectoryView ToView(int users) => new(
        Name, Ldap is { } ldap ? ldap with { BindPassword = null } : null, OpenId is { } provider ? provider with { ClientSecret = null } : null, users);
}
