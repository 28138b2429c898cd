namespace Mayfly.Control.Directories;

/// <summary>A group of an outside directory.</summary>
/// <param name="Id">Its DN in LDAP, the claim's value in OpenID Connect.</param>
/// <param name="Name">Its common name (cn) in LDAP, the claim's value in OpenID Connect.</param>
public sealed record DirectoryGroup(string Id, string Name);
