using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mayfly.Remote.Trust;

/// <summary>
/// The certificate authority of a house: it alone says which hosts and which servers belong together. Its key is kept in the house's
/// database; whoever has that is the house. ECDSA on P-256.
/// </summary>
public sealed class HouseAuthority : IDisposable
{
    /// <summary>How long a certificate of a host or a server holds. It is made anew long before.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(90);

    private static readonly TimeSpan OwnValidity = TimeSpan.FromDays(20 * 365);

    // Clocks of two hosts differ a little.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    private HouseAuthority(X509Certificate2 certificate, TimeProvider time) => (_certificate, _time) = (certificate, time);

    /// <summary>What others trust: certificate without key, PEM.</summary>
    public string Certificate => _certificate.ExportCertificatePem();

    /// <summary>Hash of its certificate, by which it is told from others: SHA-256, upper-case hexadecimal.</summary>
    public string Fingerprint => PeerCheck.Fingerprint(_certificate);

    /// <summary>When nobody trusts it any more.</summary>
    public DateTimeOffset Ends => _certificate.NotAfter;

    /// <summary>Makes the authority of a new house.</summary>
    public static HouseAuthority Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Mayfly house", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        return new HouseAuthority(request.CreateSelfSigned(now - Skew, now + OwnValidity), time);
    }

    /// <summary>Takes up what <see cref="Export"/> gave.</summary>
    /// <exception cref="CryptographicException">It is no certificate with its key.</exception>
    public static HouseAuthority Import(string pem, TimeProvider time) => new(X509Certificate2.CreateFromPem(pem, pem), time);

    /// <summary>Certificate and key, PEM: to be kept as a secret.</summary>
    public string Export() => $"{Certificate}\n{_certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n";

    /// <summary>Signs what a host has asked for with <see cref="HostIdentity.Ask"/>. Only its key is taken from that.</summary>
    /// <param name="request">Certificate request, PEM.</param>
    /// <param name="host">Its name in the house; its certificate is for no other.</param>
    /// <returns>Certificate, PEM.</returns>
    /// <exception cref="CryptographicException">It is no request, or its sender does not have the key.</exception>
    public string SignHost(string request, string host)
    {
        var asked = CertificateRequest.LoadSigningRequestPem(request, HashAlgorithmName.SHA256);
        return Sign(new CertificateRequest(new X500DistinguishedName($"CN={host}"), asked.PublicKey, HashAlgorithmName.SHA256), PeerCheck.Host).ExportCertificatePem();
    }

    /// <summary>Makes a certificate with key for a server of the house, to be kept in memory.</summary>
    public X509Certificate2 MakeServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256), PeerCheck.Server);
        using var whole = signed.CopyWithPrivateKey(key);
        return Usable(whole);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    // TLS does not take a key everywhere that was only attached to a certificate in memory.
    internal static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

    private X509Certificate2 Sign(CertificateRequest request, Oid purpose)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], critical: true));
        var now = _time.GetUtcNow();
        return request.Create(_certificate, now - Skew, now + Validity, RandomNumberGenerator.GetBytes(16));
    }
}
