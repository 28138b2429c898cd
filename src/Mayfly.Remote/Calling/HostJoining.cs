using System.Security.Cryptography;
using Mayfly.Contracts;
using Mayfly.Remote.Trust;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>Makes a host a member of the house, with the token it has given to its administrator.</summary>
public sealed class HostJoining : IDisposable
{
    private readonly HostWire _wire;
    private readonly JoinToken _token;
    private readonly JoinAnswer _asked;

    private HostJoining(HostWire wire, JoinToken token, JoinAnswer asked) => (_wire, _token, _asked) = (wire, token, asked);

    /// <summary>What the host calls itself.</summary>
    public string Hostname => _asked.Hostname;

    /// <summary>The first half: talks to the host. Faults: HostUnreachable, HostUntrusted when the token is not that of whoever answers, or is used up.</summary>
    public static async Task<Outcome<HostJoining>> AskAsync(JoinToken token, CancellationToken cancellationToken)
    {
        var wire = new HostWire(token.Address, token.Uri, () => HouseMember.ConnectTo(token), term: null);
        var asked = await wire.AskAsync(HostCalls.Ask, new JoinAsked(token.Secret), cancellationToken);
        if (asked.TryGet(out var answer, out var fault)) return new HostJoining(wire, token, answer);
        wire.Dispose();
        return fault;
    }

    /// <summary>The second half: it belongs to the house then. Faults: as of the first.</summary>
    /// <param name="name">Its name in the house.</param>
    /// <param name="trust">Of the house.</param>
    /// <param name="cancellationToken">Cancels; the host may have joined then.</param>
    public async Task<Outcome<Done>> GiveAsync(string name, HouseTrust trust, CancellationToken cancellationToken)
    {
        try
        {
            var given = new JoinGiven(_token.Secret, trust.Signer.SignHost(_asked.Request, name), trust.Certificates);
            return await _wire.AskAsync(HostCalls.Join, given, cancellationToken);
        }
        catch (CryptographicException exception)
        {
            return new Fault(ErrorCode.HostUntrusted, $"What '{_token.Address}' asks to be signed can not be.", exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();
}
