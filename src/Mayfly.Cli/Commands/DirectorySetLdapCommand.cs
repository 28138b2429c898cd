using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>directory set-ldap</c>.</summary>
internal sealed class DirectorySetLdapCommand : DirectorySetCommand
{
    private readonly Option<string[]> _servers = new("--server") { Description = "host, host:port, ldap:// or ldaps:// and these; repeat it for more, tried in this order" };
    private readonly Option<LdapSecurity?> _security = ReadOption.Choice<LdapSecurity>("--security", "How connections are protected; start-tls unless told");
    private readonly Option<bool?> _plaintext = new("--allow-plaintext") { Description = "Allow connections that are not protected" };
    private readonly Option<string?> _bind = new("--bind-dn") { Description = "DN of the account that searches; \"\" to search anonymously" };
    private readonly Option<string?> _userBase = new("--user-base") { Description = "DN below which people are" };
    private readonly Option<string?> _userFilter = new("--user-filter") { Description = "Filter that finds one person, with {user} for the name; \"\" for the usual one" };
    private readonly Option<string?> _userName = new("--user-name-attribute") { Description = "Attribute with the login name; \"\" for the usual one" };
    private readonly Option<string?> _displayName = new("--display-name-attribute") { Description = "Attribute with the name shown; \"\" for the usual one" };
    private readonly Option<string?> _mail = new("--mail-attribute") { Description = "Attribute with the mail address" };
    private readonly Option<string?> _groupBase = new("--group-base") { Description = "DN below which groups are; \"\" when they do not matter" };
    private readonly Option<LdapGroupKind?> _groupKind = ReadOption.Choice<LdapGroupKind>("--group-kind", "How groups are kept; active-directory unless told");
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Most seconds to wait for a server, 1 to 60" };

    public DirectorySetLdapCommand(CliEnvironment environment)
        : base(environment, "set-ldap", "Add an LDAP directory, or change one; what is not named stays as it is.", "bind-password")
    {
        foreach (var option in (Option[])
            [_servers, _security, _plaintext, _bind, _userBase, _userFilter, _userName, _displayName, _mail, _groupBase, _groupKind, _timeout])
            Options.Add(option);
    }

    protected override string? Authorities(DirectoryView? there) => there?.Ldap?.CaCertificate;

    protected override Outcome<SetDirectoryRequest> Change(DirectoryView? there, Material material, ParseResult parsed)
    {
        var (servers, people) = (Several(parsed, _servers, there?.Ldap?.Servers), parsed.GetValue(_userBase) ?? there?.Ldap?.UserBase);
        if (servers is null || people is null)
            return Lacks("--server and --user-base");
        var settings = there?.Ldap ?? new LdapSettings { Name = material.Name, Servers = servers, UserBase = people };
        return new SetDirectoryRequest(Ldap: settings with
        {
            Servers = servers,
            Security = parsed.GetValue(_security) ?? settings.Security,
            AllowPlaintext = parsed.GetValue(_plaintext) ?? settings.AllowPlaintext,
            CaCertificate = material.Authorities,
            BindDn = Text(parsed, _bind, settings.BindDn),
            BindPassword = material.Secret,
            UserBase = people,
            UserFilter = Text(parsed, _userFilter, settings.UserFilter),
            UserNameAttribute = Text(parsed, _userName, settings.UserNameAttribute),
            DisplayNameAttribute = Text(parsed, _displayName, settings.DisplayNameAttribute),
            MailAttribute = parsed.GetValue(_mail) ?? settings.MailAttribute,
            GroupBase = Text(parsed, _groupBase, settings.GroupBase),
            GroupKind = parsed.GetValue(_groupKind) ?? settings.GroupKind,
            TimeoutSeconds = parsed.GetValue(_timeout) ?? settings.TimeoutSeconds,
        });
    }
}
