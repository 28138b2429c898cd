namespace Mayfly.Control.Directories.Ldap;

/// <summary>How far below its base a search goes.</summary>
internal enum LdapScope
{
    Base = 0,
    Subtree = 2,
}

/// <summary>A question to a directory.</summary>
/// <param name="Base">DN it begins at.</param>
/// <param name="Filter">Filter of RFC 4515.</param>
/// <param name="Limit">Most entries wanted.</param>
/// <param name="Attributes">Attributes wanted; "1.1" for none.</param>
internal sealed record LdapSearch(string Base, string Filter, int Limit, params string[] Attributes)
{
    /// <summary>Asks for no attributes.</summary>
    public const string NoAttributes = "1.1";

    /// <summary>How far it goes.</summary>
    public LdapScope Scope { get; init; } = LdapScope.Subtree;
}

/// <summary>The answer to a search.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Entries">What was found, never more than were wanted.</param>
internal sealed record LdapFound(LdapResult Result, IReadOnlyList<LdapEntry> Entries)
{
    /// <summary>True when there is more than was wanted.</summary>
    public bool More => Result.Code == LdapResultCode.SizeLimitExceeded;
}
