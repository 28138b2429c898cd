using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mayfly.Control.Directories;

/// <summary>
/// How a server's certificate is checked: chain, validity and host name, always. Nothing outside the settings weakens it, neither a
/// file of this host nor its environment, and nothing is fetched from where a certificate points to.
/// </summary>
internal static class DirectoryTrust
{
    /// <summary>The check for one server.</summary>
    /// <param name="host">Name or address the certificate must be for.</param>
    /// <param name="pem">Authorities that alone are trusted, or null for those of this host.</param>
    public static SslClientAuthenticationOptions For(string host, string? pem)
    {
        var options = Rules(pem);
        options.TargetHost = host;
        return options;
    }

    /// <summary>The check for whatever host a client connects to.</summary>
    public static SslClientAuthenticationOptions Rules(string? pem) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = Policy(pem),
    };

    /// <summary>What is wrong with authorities given as PEM, or null.</summary>
    public static string? Complaint(string? pem)
    {
        if (pem is null) return null;
        try
        {
            return Read(pem).Any(IsRoot) ? null : "The CA certificate holds no root certificate (one that is its own issuer) in PEM form.";
        }
        catch (CryptographicException)
        {
            return "The CA certificate cannot be read as PEM.";
        }
    }

    private static X509ChainPolicy Policy(string? pem)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (pem is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var certificate in Read(pem)) (IsRoot(certificate) ? policy.CustomTrustStore : policy.ExtraStore).Add(certificate);
        return policy;
    }

    private static X509Certificate2Collection Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
