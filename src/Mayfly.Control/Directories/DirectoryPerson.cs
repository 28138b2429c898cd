namespace Mayfly.Control.Directories;

/// <summary>A person as an outside directory knows them.</summary>
/// <param name="ExternalId">
/// What stays the same when the person is renamed: entryUUID or objectGUID in LDAP, issuer and subject with a "|" between in OpenID
/// Connect. A name that comes with another id is another person.
/// </param>
/// <param name="UserName">Name by Mayfly's rule: 1 to 63 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="DisplayName">Name shown, at most 100 characters.</param>
/// <param name="Mail">Mail address, or null.</param>
/// <param name="Groups">All groups the person is in, nested ones included, each once.</param>
/// <param name="Disabled">True when the directory has closed the account. Never so of somebody who just signed in.</param>
public sealed record DirectoryPerson(
    string ExternalId, string UserName, string DisplayName, string? Mail, IReadOnlyList<DirectoryGroup> Groups, bool Disabled);
