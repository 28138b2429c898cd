using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories.Ldap;

namespace Mayfly.Control.Directories;

/// <summary>What settings of an LDAP directory have to be, before they are stored and before they are used.</summary>
public static class LdapRules
{
    private const int MostServers = 8;

    /// <summary>All that is wrong with the settings as one fault (DirectoryMisconfigured), or null.</summary>
    public static Fault? Complaint(LdapSettings settings)
    {
        var complaints = new List<string>();
        if (settings.Name is not { Length: > 0 and <= 63 }) complaints.Add("A name has 1 to 63 characters.");
        if (settings.TimeoutSeconds is < 1 or > 60) complaints.Add("A timeout is 1 to 60 seconds.");
        CheckServers(settings, complaints);
        if (DirectoryTrust.Complaint(settings.CaCertificate) is { } untrusted) complaints.Add(untrusted);
        if (string.IsNullOrWhiteSpace(settings.UserBase)) complaints.Add("The base of the users is missing.");
        if (settings.BindDn is not null && string.IsNullOrEmpty(settings.BindPassword)) complaints.Add("The service account has no password.");
        if (settings.BindDn is { Length: 0 }) complaints.Add("The service account has no name.");
        CheckFilter(settings, complaints);
        return complaints.Count == 0
            ? null
            : new Fault(ErrorCode.DirectoryMisconfigured, $"The settings of the directory '{settings.Name}' cannot be used.", string.Join(' ', complaints), "Correct them.");
    }

    private static void CheckServers(LdapSettings settings, List<string> complaints)
    {
        if (settings.Servers is not { Count: > 0 and <= MostServers })
        {
            complaints.Add($"There are 1 to {MostServers} servers.");
            return;
        }

        foreach (var text in settings.Servers)
        {
            var server = LdapServer.Parse(text, settings.Security);
            if (server is null) complaints.Add($"'{ShownText.From(text)}' is no server that can be reached with {settings.Security}.");
            else if (server.Security == LdapSecurity.None && !settings.AllowPlaintext)
                complaints.Add($"{server} would be sent passwords in the clear; that has to be allowed explicitly.");
        }
    }

    private static void CheckFilter(LdapSettings settings, List<string> complaints)
    {
        var filter = LdapPeople.FilterOf(settings);
        if (!filter.Contains(LdapPeople.Placeholder, StringComparison.Ordinal)) complaints.Add($"The user filter has no {LdapPeople.Placeholder} in it.");
        else if (!LdapFilter.IsValid(filter.Replace(LdapPeople.Placeholder, "a", StringComparison.Ordinal))) complaints.Add("The user filter is no LDAP filter.");
    }
}
