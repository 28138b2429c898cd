namespace Mayfly.Control.Settings;

/// <summary>What kinds of directories there are.</summary>
public static class DirectoryKinds
{
    /// <summary>LDAP, Active Directory among them.</summary>
    public const string Ldap = "ldap";

    /// <summary>An OpenID Connect provider.</summary>
    public const string OpenId = "openid";
}
