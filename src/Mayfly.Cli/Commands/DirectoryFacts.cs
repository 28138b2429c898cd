using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How one directory is shown, and what a trial of it found.</summary>
internal static class DirectoryFacts
{
    public static Grid Of(DirectoryView directory) => TextTable.Facts(
    [
        ("Directory", directory.Name),
        ("Users", Words.Number(directory.Users)),
        .. directory.Ldap is { } ldap ? Facts(ldap) : directory.OpenId is { } provider ? Facts(provider) : [],
    ]);

    public static Grid Of(DirectoryTestReport report) => TextTable.Facts(
    [
        .. report.Ldap is { } ldap ? Facts(ldap) : [],
        .. report.OpenId is { } provider ? Facts(provider) : [],
    ]);

    private static IEnumerable<(string Name, string? Value)> Facts(LdapSettings ldap) =>
    [
        ("Kind", "LDAP"),
        ("Servers", string.Join(", ", ldap.Servers)),
        ("Security", Words.Kebab(ldap.Security)),
        ("Trusts", Trusts(ldap.CaCertificate)),
        ("Searches as", ldap.BindDn ?? "anybody"),
        ("People", ldap.UserBase),
        ("User filter", ldap.UserFilter ?? "the usual one"),
        ("Login name", ldap.UserNameAttribute ?? "the usual attribute"),
        ("Name shown", ldap.DisplayNameAttribute ?? "the usual attribute"),
        ("Mail", ldap.MailAttribute),
        ("Groups", ldap.GroupBase is { } groups ? $"{groups} ({Words.Kebab(ldap.GroupKind)})" : $"not read ({Words.Kebab(ldap.GroupKind)})"),
        ("Waits", Words.Seconds(ldap.TimeoutSeconds)),
    ];

    private static IEnumerable<(string Name, string? Value)> Facts(OpenIdSettings provider) =>
    [
        ("Kind", "OpenID Connect"),
        ("Button", provider.DisplayName),
        ("Authority", provider.Authority),
        ("Trusts", Trusts(provider.CaCertificate)),
        ("Client", provider.ClientId),
        ("Scopes", string.Join(' ', provider.Scopes)),
        ("Login name", provider.UserClaim),
        ("Name shown", provider.DisplayNameClaim),
        ("Groups", provider.GroupsClaim ?? "not read"),
        ("Plain HTTP", provider.RequireHttps ? "refused" : "allowed"),
        ("Waits", Words.Seconds(provider.TimeoutSeconds)),
    ];

    private static IEnumerable<(string Name, string? Value)> Facts(LdapTestReport found) =>
    [
        ("Server", found.Server),
        ("Encryption", found.Encryption ?? "none"),
        ("Users", Counted(found.Users, found.MoreUsers)),
        ("Groups", Counted(found.Groups, found.MoreGroups)),
    ];

    private static IEnumerable<(string Name, string? Value)> Facts(OpenIdTestReport found) =>
    [
        ("Issuer", found.Issuer),
        ("Signing keys", Words.Number(found.SigningKeys)),
        ("PKCE", found.Pkce ? "yes" : "not promised"),
        ("Names itself", found.NamesIssuer ? "yes" : "not promised"),
    ];

    private static string Trusts(string? authorities) => authorities is null ? "what this host trusts" : "its own authorities alone";

    private static string Counted(int count, bool more) => more ? $"more than {count}" : Words.Number(count);
}
