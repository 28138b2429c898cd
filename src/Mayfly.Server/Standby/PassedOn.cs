namespace Mayfly.Server.Standby;

/// <summary>Headers by which a server that stands by says to the active one what it can not see of a request itself.</summary>
internal static class PassedOn
{
    /// <summary>The secret of the active server's term: whoever shows it is believed the others.</summary>
    public const string Secret = "Mayfly-Standby";

    /// <summary>There for a request that came over the unix socket.</summary>
    public const string Local = "Mayfly-Local";

    /// <summary>The browser's address.</summary>
    public const string For = "X-Forwarded-For";

    /// <summary>The browser's scheme.</summary>
    public const string Proto = "X-Forwarded-Proto";

    /// <summary>All of them, and those that proxies write: nothing a browser says there is passed on.</summary>
    public static readonly IReadOnlyList<string> All = [Secret, Local, For, Proto, "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded"];
}
