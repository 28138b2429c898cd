using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>The certificate of the viewers' listener, read once at the start.</summary>
internal sealed class ViewerCertificate
{
    /// <exception cref="FormatException">A file is missing or holds nothing usable; the message is for the user.</exception>
    public ViewerCertificate(ServerOptions options)
    {
        if (options.ViewerCertificate is not { } certificate) return;
        try
        {
            using var own = X509Certificate2.CreateFromPemFile(certificate, options.ViewerKey);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            // The key has to be one that can be used for TLS, which one straight from a PEM file is not everywhere.
            Current = SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null), chain, offline: true);
            Authority = chain[^1].ExportCertificatePem();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"The certificate for viewers can not be used. {exception.Message}", exception);
        }
    }

    /// <summary>What is shown to viewers, or null for no encryption.</summary>
    public SslStreamCertificateContext? Current { get; }

    /// <summary>The last certificate of the file, in PEM: whom a viewer has to trust. Null without one.</summary>
    public string? Authority { get; }
}
