namespace Mayfly.Remote.Trust;

/// <summary>
/// Whom a house trusts: its authority, which signs, and, while that is exchanged for another one, the one to come or the one before as well.
/// </summary>
/// <param name="signer">The authority that signs.</param>
/// <param name="others">Authorities that are trusted besides.</param>
public sealed class HouseTrust(HouseAuthority signer, params IReadOnlyList<HouseAuthority> others) : IDisposable
{
    /// <summary>Who signs.</summary>
    public HouseAuthority Signer => signer;

    /// <summary>True while it is exchanged for another one.</summary>
    public bool IsExchanged => others.Count > 0;

    /// <summary>What others trust: certificates without keys, PEM, one after the other.</summary>
    public string Certificates { get; } = string.Join('\n', [signer.Certificate, .. others.Select(other => other.Certificate)]);

    /// <summary>What a host tells of itself that has heard of all this.</summary>
    public HostTrust OfHosts { get; } = new(HostTrust.Name([signer.Fingerprint, .. others.Select(other => other.Fingerprint)]), signer.Fingerprint);

    /// <inheritdoc/>
    public void Dispose()
    {
        signer.Dispose();
        foreach (var other in others) other.Dispose();
    }
}
