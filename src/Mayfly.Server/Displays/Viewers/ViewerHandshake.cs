using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>The server's side of an RFB handshake with a viewer on the network, up to the answer to its password. The network is hostile: all lengths are fixed.</summary>
internal sealed class ViewerHandshake(ViewerCertificate certificate)
{
    private const byte VncSecurity = 2;
    private const byte VeNCryptSecurity = 19;
    private const uint CertificateAndPassword = 261;

    /// <summary>Agrees on version and security. Returns the stream to go on with, encrypted when there is a certificate.</summary>
    /// <exception cref="InvalidDataException">The viewer does not speak as it should, or wants no encryption where there must be one.</exception>
    public async Task<Stream> BeginAsync(Stream viewer, CancellationToken cancellationToken)
    {
        await viewer.WriteAsync(RfbStream.Version, cancellationToken);
        // Later versions answer 3.8; earlier ones let the server choose, and none is in use.
        if (!(await viewer.TakeAsync(RfbStream.Version.Length, cancellationToken)).AsSpan().SequenceEqual(RfbStream.Version))
            throw new InvalidDataException("It does not speak RFB 3.8.");
        var security = certificate.Current is null ? VncSecurity : VeNCryptSecurity;
        await viewer.WriteAsync(new byte[] { 1, security }, cancellationToken);
        if ((await viewer.TakeAsync(1, cancellationToken))[0] != security)
            throw new InvalidDataException("It chose a kind of security that was not offered.");
        return certificate.Current is { } own ? await EncryptAsync(viewer, own, cancellationToken) : viewer;
    }

    /// <summary>Asks for the password: what was asked, and the answer.</summary>
    public static async Task<(byte[] Challenge, byte[] Answer)> AskAsync(Stream viewer, CancellationToken cancellationToken)
    {
        var challenge = RandomNumberGenerator.GetBytes(VncPassword.ChallengeBytes);
        await viewer.WriteAsync(challenge, cancellationToken);
        return (challenge, await viewer.TakeAsync(VncPassword.ChallengeBytes, cancellationToken));
    }

    /// <summary>Lets the viewer in.</summary>
    public static Task AcceptAsync(Stream viewer, CancellationToken cancellationToken) => viewer.SayNumberAsync(0, cancellationToken);

    /// <summary>Turns the viewer away, with a sentence it may show.</summary>
    public static async Task RefuseAsync(Stream viewer, string why, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(why);
        await viewer.SayNumberAsync(1, cancellationToken);
        await viewer.SayNumberAsync((uint)text.Length, cancellationToken);
        await viewer.WriteAsync(text, cancellationToken);
    }

    /// <summary>VeNCrypt 0.2 with its one kind that has both a certificate and a password.</summary>
    private static async Task<Stream> EncryptAsync(Stream viewer, SslStreamCertificateContext own, CancellationToken cancellationToken)
    {
        byte[] version = [0, 2];
        await viewer.WriteAsync(version, cancellationToken);
        if (!(await viewer.TakeAsync(version.Length, cancellationToken)).AsSpan().SequenceEqual(version))
            throw new InvalidDataException("It does not speak VeNCrypt 0.2.");
        await viewer.WriteAsync(new byte[] { 0, 1 }, cancellationToken);
        await viewer.SayNumberAsync(CertificateAndPassword, cancellationToken);
        if (await viewer.TakeNumberAsync(cancellationToken) != CertificateAndPassword)
            throw new InvalidDataException("It wants no encryption with a certificate.");
        await viewer.WriteAsync(new byte[] { 1 }, cancellationToken);
        var encrypted = new SslStream(viewer, leaveInnerStreamOpen: false);
        try
        {
            await encrypted.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = own, CertificateRevocationCheckMode = X509RevocationMode.NoCheck }, cancellationToken);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }
}
