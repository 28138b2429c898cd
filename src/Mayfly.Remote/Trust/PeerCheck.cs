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

    /// <summary>True for a certificate that one of these authorities has signed, that holds now, for this purpose and this name.</summary>
    public static bool Holds(X509Certificate2? shown, IEnumerable<X509Certificate2> authorities, Oid purpose, string name, TimeProvider time) =>
        shown is not null && Signer(shown, authorities, purpose, time) is not null && shown.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == name;

    /// <summary>Which of these authorities has signed a certificate that holds now for this purpose, or null.</summary>
    public static X509Certificate2? Signer(X509Certificate2 shown, IEnumerable<X509Certificate2> authorities, Oid purpose, TimeProvider time) =>
        // One by one: they are called the same, and a chain that has begun with the wrong one is not tried with another.
        authorities.FirstOrDefault(authority => Signs(authority, shown, purpose, time));

    /// <summary>The certificates of a text.</summary>
    /// <exception cref="CryptographicException">It is no such text.</exception>
    public static IReadOnlyList<X509Certificate2> Read(string pem)
    {
        var read = new X509Certificate2Collection();
        read.ImportFromPem(pem);
        return [.. read];
    }

    /// <summary>Hash of a certificate by which it is known before there is an authority: SHA-256, upper-case hexadecimal.</summary>
    public static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static bool Signs(X509Certificate2 authority, X509Certificate2 shown, Oid purpose, TimeProvider time)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(purpose);
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(shown);
    }
}
