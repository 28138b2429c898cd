using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>Finds people in a directory, and reads what it says of them.</summary>
internal static class LdapPeople
{
    public const string Placeholder = "{user}";

    private const int AccountDisabled = 2;
    private const string LockedForGood = "000001010000Z";
    private static readonly string[] OwnAttributes =
    [
        "entryUUID", "objectGUID", "objectSid", "primaryGroupID", "gidNumber", "displayName", "cn",
        "userAccountControl", "accountExpires", "shadowExpire", "nsAccountLock", "pwdAccountLockedTime",
    ];

    /// <summary>The filter in use.</summary>
    public static string FilterOf(LdapSettings settings) => settings.UserFilter
        ?? (settings.GroupKind == LdapGroupKind.ActiveDirectory ? LdapSettings.ActiveDirectoryUserFilter : LdapSettings.InetOrgPersonUserFilter);

    /// <summary>The one entry of that name; null when there is none. Faults: DirectoryMisconfigured when there are several, and those of searches.</summary>
    public static async Task<Outcome<LdapEntry?>> FindAsync(LdapConnection connection, LdapSettings settings, string user, CancellationToken cancellationToken)
    {
        var name = settings.GroupKind == LdapGroupKind.ActiveDirectory ? DirectoryNames.WithoutDomain(user) : user;
        var filter = FilterOf(settings).Replace(Placeholder, LdapFilter.Escape(name), StringComparison.Ordinal);
        var search = new LdapSearch(settings.UserBase, filter, 2, [.. OwnAttributes, UserNameAttribute(settings), settings.DisplayNameAttribute ?? "displayName", settings.MailAttribute]);
        var found = await connection.SearchAsync(search, cancellationToken);
        if (found.More || found.Entries.Count > 1) return LdapFaults.Ambiguous(user);
        return found.Result.Code == LdapResultCode.Success ? found.Entries.SingleOrDefault() : LdapFaults.Search(connection.Server, search, found.Result);
    }

    /// <summary>The person an entry tells of. Faults: DirectoryMisconfigured when it lacks an id or a usable name.</summary>
    public static Outcome<DirectoryPerson> Read(LdapEntry entry, LdapSettings settings, IReadOnlyList<DirectoryGroup> groups, DateTimeOffset now)
    {
        if (IdOf(entry) is not { } id)
            return new Fault(ErrorCode.DirectoryMisconfigured, $"The directory '{settings.Name}' shows no lasting id of '{ShownText.From(entry.Dn)}'.",
                "Neither entryUUID nor objectGUID can be read.", "Let the service account read it.");
        var name = NameOf(entry, settings);
        if (name.Fault is { } fault) return fault;
        var shown = (settings.DisplayNameAttribute is { } attribute ? entry.Text(attribute) : null) ?? entry.Text("displayName") ?? entry.Text("cn");
        return new DirectoryPerson(id, name.Value, DirectoryNames.DisplayName(shown, name.Value), DirectoryNames.Mail(entry.Text(settings.MailAttribute)),
            groups, IsDisabled(entry, now));
    }

    /// <summary>The name a person has in the house. Faults: DirectoryMisconfigured when they have no usable one.</summary>
    public static Outcome<string> NameOf(LdapEntry entry, LdapSettings settings) =>
        DirectoryNames.UserName(LoginName(entry, settings), $"attribute {UserNameAttribute(settings)}");

    /// <summary>The login name as the directory writes it, or null.</summary>
    public static string? LoginName(LdapEntry entry, LdapSettings settings) => entry.Text(UserNameAttribute(settings));

    private static string UserNameAttribute(LdapSettings settings) =>
        settings.UserNameAttribute ?? (settings.GroupKind == LdapGroupKind.ActiveDirectory ? "sAMAccountName" : "uid");

    private static string? IdOf(LdapEntry entry) =>
        entry.Bytes("objectGUID") is { Length: 16 } guid ? new Guid(guid).ToString("D", CultureInfo.InvariantCulture) : entry.Text("entryUUID")?.ToLowerInvariant();

    private static bool IsDisabled(LdapEntry entry, DateTimeOffset now) =>
        ((entry.Number("userAccountControl") ?? 0) & AccountDisabled) != 0
        || HasExpired(entry.Number("accountExpires"), now)
        || (entry.Number("shadowExpire") is >= 0 and { } day && day <= now.ToUnixTimeSeconds() / (24 * 60 * 60))
        || string.Equals(entry.Text("nsAccountLock"), "true", StringComparison.OrdinalIgnoreCase)
        || entry.Text("pwdAccountLockedTime") == LockedForGood;

    // Hundreds of nanoseconds since 1601; 0 and the largest number mean never.
    private static bool HasExpired(long? fileTime, DateTimeOffset now) =>
        fileTime is > 0 and < long.MaxValue && fileTime.Value <= now.UtcDateTime.ToFileTimeUtc();
}
