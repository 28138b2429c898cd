namespace Mayfly.Control.Hosts;

/// <summary>An authority of the house, with its key. There is one, and two while it is exchanged.</summary>
public sealed class AuthorityRow
{
    /// <summary>Counted up.</summary>
    public required int Id { get; init; }

    /// <summary>Certificate and key, PEM.</summary>
    public required string Pem { get; init; }

    public AuthorityStage Stage { get; set; }
}

/// <summary>What an authority is to the house.</summary>
public enum AuthorityStage
{
    /// <summary>It signs.</summary>
    Signing,
    /// <summary>It is trusted, and will sign once all hosts trust it.</summary>
    Announced,
    /// <summary>It is trusted until no host shows a certificate of it.</summary>
    Retired,
}
