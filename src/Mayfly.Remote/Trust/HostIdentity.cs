using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mayfly.Engine.Disks;

namespace Mayfly.Remote.Trust;

/// <summary>
/// Who a host is: its key, and, once it has joined, the certificate of its house. Kept in <c>host/</c> of the data directory, for its owner alone.
/// Before that it shows a certificate it has signed itself, known by the fingerprint in its token.
/// </summary>
public sealed class HostIdentity : IDisposable
{
    private const string KeyFile = "key.pem";
    private const string CertificateFile = "certificate.pem";
    private const string AuthorityFile = "house.pem";

    private readonly string _directory;
    private readonly ECDsa _key;
    private readonly TimeProvider _time;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private volatile Membership? _member;

    private HostIdentity(string directory, ECDsa key, TimeProvider time)
    {
        (_directory, _key, _time) = (directory, key, time);
        Stranger = SignSelf();
        _member = ReadMembership();
    }

    /// <summary>True once it belongs to a house.</summary>
    public bool Joined => _member is not null;

    /// <summary>Its name in its house, or null.</summary>
    public string? Name => _member?.Name;

    /// <summary>Whom it trusts and by whom it is trusted, or null.</summary>
    public HostTrust? Trust => _member?.Trust;

    /// <summary>What it shows now.</summary>
    public X509Certificate2 Shown => _member?.Certificate ?? Stranger;

    private X509Certificate2 Stranger { get; }

    /// <summary>Reads the identity of a data directory, or begins one.</summary>
    /// <exception cref="IOException">It can not be read or written.</exception>
    public static HostIdentity Open(string dataDirectory, TimeProvider time)
    {
        var directory = Directory.CreateDirectory(Path.Combine(dataDirectory, "host"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var file = Path.Combine(directory, KeyFile);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file)) key.ImportFromPem(File.ReadAllText(file));
        else DurableFile.WriteSecret(file, key.ExportPkcs8PrivateKeyPem());
        return new HostIdentity(directory, key, time);
    }

    /// <summary>The token of a host that has not joined. Another one at each start.</summary>
    public JoinToken Invite(string address, int port) => new(address, port, PeerCheck.Fingerprint(Stranger), Convert.ToHexString(_secret));

    /// <summary>True for the secret of the token, as long as it has not joined.</summary>
    public bool Invited(string secret) =>
        !Joined && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Convert.ToHexString(_secret)));

    /// <summary>Asks for a certificate: PEM, signed with the host's key.</summary>
    public string Ask() => new CertificateRequest("CN=host", _key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    /// <summary>Belongs to a house from now on, or renews what shows it; durable when this returns.</summary>
    /// <param name="certificate">Of this host, PEM.</param>
    /// <param name="authorities">Of the house, one or two, PEM.</param>
    /// <exception cref="CryptographicException">The certificate is not for this host's key, or of none of these authorities.</exception>
    public void Join(string certificate, string authorities)
    {
        using var joined = X509Certificate2.CreateFromPem(certificate);
        if (!joined.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_key.ExportSubjectPublicKeyInfo())) throw new CryptographicException("The certificate is for another key.");
        if (PeerCheck.Signer(joined, PeerCheck.Read(authorities), PeerCheck.Host, _time) is null) throw new CryptographicException("The certificate is not of this authority.");
        DurableFile.WriteSecret(Path.Combine(_directory, AuthorityFile), authorities);
        // The certificate last: with it, it has joined.
        DurableFile.WriteSecret(Path.Combine(_directory, CertificateFile), certificate);
        _member = ReadMembership();
    }

    /// <summary>Belongs to no house any more, and invites anew when it is started again.</summary>
    public void Leave()
    {
        File.Delete(Path.Combine(_directory, CertificateFile));
        _member = null;
    }

    /// <summary>True for a server of this host's house.</summary>
    public bool IsServer(X509Certificate2? shown) => _member is { } member && PeerCheck.Holds(shown, member.Authorities, PeerCheck.Server, "server", _time);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        Stranger.Dispose();
    }

    private Membership? ReadMembership()
    {
        var file = Path.Combine(_directory, CertificateFile);
        if (!File.Exists(file)) return null;
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        using var whole = certificate.CopyWithPrivateKey(_key);
        var authorities = PeerCheck.Read(File.ReadAllText(Path.Combine(_directory, AuthorityFile)));
        var signer = PeerCheck.Signer(certificate, authorities, PeerCheck.Host, _time);
        return new Membership(
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), HouseAuthority.Usable(whole), authorities,
            new HostTrust(HostTrust.Name(authorities.Select(PeerCheck.Fingerprint)), signer is null ? "" : PeerCheck.Fingerprint(signer)));
    }

    private X509Certificate2 SignSelf()
    {
        var now = _time.GetUtcNow();
        using var signed = new CertificateRequest("CN=Mayfly host without a house", _key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddHours(-1), now + HouseAuthority.Validity);
        return HouseAuthority.Usable(signed);
    }

    // Those before a renewal are still shown in connections that are open: they are left to the collector.
    private sealed record Membership(string Name, X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Authorities, HostTrust Trust);
}
