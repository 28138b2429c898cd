using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>
/// A connection to one server of a directory, for one request at a time. Deadlines are the caller's token's. Throws what sockets, TLS
/// and BER throw; <see cref="LdapFaults"/> makes faults of it.
/// </summary>
internal sealed class LdapConnection : IAsyncDisposable
{
    // Entries are asked for with few attributes; whatever is larger than this is no answer to such a question.
    private const int LargestFrame = 1 << 20;
    private const int LargestAnswer = 8 << 20;
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(1);

    private readonly int _seconds;
    private Stream _stream;
    private int _lastId;

    private LdapConnection(LdapServer server, Stream stream, int seconds)
    {
        Server = server;
        _stream = stream;
        _seconds = seconds;
    }

    /// <summary>Whom it is to.</summary>
    public LdapServer Server { get; }

    /// <summary>The TLS version in use, or null.</summary>
    public string? Encryption => (_stream as SslStream)?.SslProtocol.ToString();

    /// <summary>Connects, and encrypts where that is asked for, before anything is told. Faults: DirectoryMisconfigured when StartTLS is refused.</summary>
    /// <param name="server">Whom to connect to.</param>
    /// <param name="authorities">PEM of the trusted authorities, or null for this host's.</param>
    /// <param name="seconds">Seconds the server is told that a search may take.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<Outcome<LdapConnection>> OpenAsync(LdapServer server, string? authorities, int seconds, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new LdapConnection(server, new NetworkStream(socket, ownsSocket: true), seconds);
        try
        {
            if (server.Security == LdapSecurity.StartTls && await connection.AskForTlsAsync(cancellationToken) is { } fault)
            {
                await connection._stream.DisposeAsync();
                return fault;
            }

            if (server.Security != LdapSecurity.None) await connection.EncryptAsync(authorities, cancellationToken);
            return connection;
        }
        catch
        {
            await connection._stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs the connection in. A failed attempt leaves it anonymous.</summary>
    public async Task<LdapResult> BindAsync(string dn, string password, CancellationToken cancellationToken)
    {
        // A server takes a name without a password for a wish to stay anonymous, and answers "success".
        if (dn.Length == 0 || password.Length == 0) throw new ArgumentException("A bind has a name and a password.");
        var id = ++_lastId;
        await _stream.WriteAsync(LdapMessages.Bind(id, dn, password), cancellationToken);
        return (await ReadAsync(id, LdapReply.BindDone, cancellationToken)).ReadResult();
    }

    /// <summary>Searches. Referrals are not followed: they could lead the service account's password to anybody.</summary>
    public async Task<LdapFound> SearchAsync(LdapSearch search, CancellationToken cancellationToken)
    {
        var id = ++_lastId;
        await _stream.WriteAsync(LdapMessages.Search(id, search, _seconds), cancellationToken);
        var entries = new List<LdapEntry>();
        var size = 0;
        while (true)
        {
            var reply = await ReadAsync(id, null, cancellationToken);
            if (reply.Kind == LdapReply.SearchDone) return new LdapFound(reply.ReadResult(), entries);
            if (reply.Kind == LdapReply.Reference) continue;
            if (reply.Kind != LdapReply.Entry) throw new IOException("It answers a search with something else.");
            if ((size += reply.Body.Length) > LargestAnswer) throw new IOException("It finds more than Mayfly reads.");
            if (entries.Count == search.Limit) throw new IOException("It finds more than it was asked for.");
            entries.Add(reply.ReadEntry());
        }
    }

    /// <summary>Says good-bye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(GoodbyeLimit);
        try
        {
            await _stream.WriteAsync(LdapMessages.Unbind(++_lastId), limit.Token);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Whoever is gone needs no good-bye.
        }

        await _stream.DisposeAsync();
    }

    private async Task<Fault?> AskForTlsAsync(CancellationToken cancellationToken)
    {
        var id = ++_lastId;
        await _stream.WriteAsync(LdapMessages.StartTls(id), cancellationToken);
        var result = (await ReadAsync(id, LdapReply.ExtendedDone, cancellationToken)).ReadResult();
        return result.Code == LdapResultCode.Success ? null : LdapFaults.NoTls(Server, result);
    }

    private async Task EncryptAsync(string? authorities, CancellationToken cancellationToken)
    {
        // Frames are read exactly, so nothing that came in the clear can be taken for something that came encrypted.
        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        await encrypted.AuthenticateAsClientAsync(DirectoryTrust.For(Server.Host, authorities), cancellationToken);
    }

    private async Task<LdapReply> ReadAsync(int id, int? kind, CancellationToken cancellationToken)
    {
        var reply = LdapReply.Read(await ReadFrameAsync(cancellationToken));
        if (reply.Id == 0) throw new IOException("It ends the connection.");
        if (reply.Id != id || (kind is not null && reply.Kind != kind)) throw new IOException("It answers something else than it was asked.");
        return reply;
    }

    private async Task<byte[]> ReadFrameAsync(CancellationToken cancellationToken)
    {
        var head = new byte[6];
        await _stream.ReadExactlyAsync(head.AsMemory(0, 2), cancellationToken);
        var more = head[1] < 0x80 ? 0 : head[1] & 0x7f;
        if (head[0] != 0x30 || more > 4 || head[1] == 0x80) throw new IOException("It does not speak LDAP.");
        await _stream.ReadExactlyAsync(head.AsMemory(2, more), cancellationToken);
        var length = more == 0 ? head[1] : ReadLength(head.AsSpan(2, more));
        if (length > LargestFrame) throw new IOException($"It sends a message of {length} bytes; {LargestFrame} are allowed.");
        var frame = new byte[2 + more + length];
        head.AsSpan(0, 2 + more).CopyTo(frame);
        await _stream.ReadExactlyAsync(frame.AsMemory(2 + more), cancellationToken);
        return frame;
    }

    private static long ReadLength(ReadOnlySpan<byte> octets)
    {
        Span<byte> padded = stackalloc byte[4];
        padded.Clear();
        octets.CopyTo(padded[(4 - octets.Length)..]);
        return BinaryPrimitives.ReadUInt32BigEndian(padded);
    }
}
