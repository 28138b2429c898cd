namespace Mayfly.Contracts.Api;

/// <summary>The certificate authority by which servers and hosts of the house know each other.</summary>
/// <param name="Fingerprint">Hash of the certificate that signs: SHA-256, upper-case hexadecimal.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="Exchange">How far it is exchanged for another one; null unless it is.</param>
public sealed record HouseAuthorityView(string Fingerprint, DateTimeOffset Ends, AuthorityExchangeView? Exchange);

/// <summary>An exchange of the authority while everything runs.</summary>
/// <param name="Step">The step it is at.</param>
/// <param name="WaitsFor">Hosts that have not taken this step yet. One that is lost is waited for until it is back or is removed.</param>
public sealed record AuthorityExchangeView(AuthorityExchangeStep Step, IReadOnlyList<string> WaitsFor);

/// <summary>What hosts learn next of an authority that is exchanged.</summary>
public enum AuthorityExchangeStep
{
    /// <summary>To trust the new one as well.</summary>
    Announced,
    /// <summary>To show a certificate of the new one. The one before is trusted until all of them do.</summary>
    Replaced,
}
