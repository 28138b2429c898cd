namespace Mayfly.Remote.Trust;

/// <summary>Whom a host trusts, and by whom it is trusted.</summary>
/// <param name="Trusted">Fingerprints of the authorities it trusts, sorted, with commas.</param>
/// <param name="Signer">Fingerprint of the authority that has signed its certificate.</param>
public sealed record HostTrust(string Trusted, string Signer)
{
    internal static string Name(IEnumerable<string> fingerprints) => string.Join(',', fingerprints.Order(StringComparer.Ordinal));
}
