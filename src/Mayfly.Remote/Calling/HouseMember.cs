using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mayfly.Remote.Trust;

namespace Mayfly.Remote.Calling;

/// <summary>What a server needs to be let in by the hosts of its house: a certificate made at its start, and the term in which it is active.</summary>
public sealed class HouseMember(HouseTrust trust, long term, TimeProvider time) : IDisposable
{
    // Not at the very end of its validity.
    private static readonly TimeSpan Fresh = HouseAuthority.Validity / 2;
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromHours(6);

    private readonly Lock _lock = new();
    private volatile IReadOnlyList<X509Certificate2> _trusted = PeerCheck.Read(trust.Certificates);
    private X509Certificate2 _own = trust.Signer.MakeServer();

    /// <summary>Whom the house trusts.</summary>
    public HouseTrust Trust => trust;

    /// <summary>The term.</summary>
    public long Term => term;

    /// <summary>Whom the house trusts from now on: connections that are made from now on are by that.</summary>
    public void Exchange(HouseTrust another)
    {
        // Handshakes may be using those before: they are left to the collector.
        lock (_lock) (trust, _trusted, _own) = (another, PeerCheck.Read(another.Certificates), another.Signer.MakeServer());
    }

    /// <summary>Connections to a host that proves to be <paramref name="host"/>. One that is cut off is noticed within 10 s.</summary>
    internal SocketsHttpHandler Connect(string host)
    {
        var handler = Bare();
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => Own();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => PeerCheck.Holds(shown as X509Certificate2, _trusted, PeerCheck.Host, host, time);
        return handler;
    }

    /// <summary>Connections to a host that is known by its token alone.</summary>
    internal static SocketsHttpHandler ConnectTo(JoinToken token)
    {
        var handler = Bare();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && PeerCheck.Fingerprint(certificate) == token.Fingerprint;
        return handler;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var authority in _trusted) authority.Dispose();
        _own.Dispose();
        trust.Dispose();
    }

    private static SocketsHttpHandler Bare() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(5),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = ConnectionLife,
        SslOptions = new SslClientAuthenticationOptions(),
    };

    private X509Certificate2 Own()
    {
        lock (_lock)
        {
            // The one before may be in use by a handshake: it is left to the collector.
            if (_own.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < Fresh) _own = trust.Signer.MakeServer();
            return _own;
        }
    }
}
