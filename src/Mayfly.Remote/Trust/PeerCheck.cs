using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mayfly.Remote.Trust;

/// <summary>Whether who is at the other end belongs to the house, and is what they say.</summary>
internal static class PeerCheck
{
    /// <summary>Purpose in the certificate of a host: TLS server.</summary>
    public static readonly Oid Host = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Purpose in the certificate of a server of the house, which dials hosts: TLS client.</summary>
    public static readonly Oid Server = new("1.3.6.1.5.5.7.3.2");

    /// <summary>True for a certificate that the authority has signed, that holds now, for this purpose and this name.</summary>
    public static bool Holds(X509Certificate2? shown, X509Certificate2 authority, Oid purpose, string name, TimeProvider time)
    {
        if (shown is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(purpose);
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(shown) && shown.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == name;
    }

    /// <summary>Hash of a certificate by which it is known before there is an authority: SHA-256, upper-case hexadecimal.</summary>
    public static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
