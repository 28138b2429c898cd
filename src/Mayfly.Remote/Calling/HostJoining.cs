using System.Security.Cryptography;
using Mayfly.Contracts;
using Mayfly.Remote.Trust;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>Makes a host a member of the house, with the token it has given to its administrator.</summary>
public static class HostJoining
{
    /// <summary>Joins it. Faults: HostUnreachable, HostUntrusted when the token is not that of whoever answers, or is used up.</summary>
    /// <param name="token">The host's token.</param>
    /// <param name="hostId">Id it gets.</param>
    /// <param name="authority">Of the house.</param>
    /// <param name="cancellationToken">Cancels; the host may have joined then.</param>
    /// <returns>What the host calls itself.</returns>
    public static async Task<Outcome<string>> JoinAsync(JoinToken token, string hostId, HouseAuthority authority, CancellationToken cancellationToken)
    {
        using var wire = new HostWire(token.Address, token.Uri, HouseMember.ConnectTo(token), term: null);
        if (!(await wire.AskAsync(HostCalls.Ask, new JoinAsked(token.Secret), cancellationToken)).TryGet(out var asked, out var fault)) return fault;
        try
        {
            var certificate = authority.SignHost(asked.Answer.Request, hostId);
            var joined = await wire.AskAsync(HostCalls.Join, new JoinGiven(token.Secret, certificate, authority.Certificate), cancellationToken);
            return joined.Fault is { } refused ? refused : asked.Answer.Hostname;
        }
        catch (CryptographicException exception)
        {
            return new Fault(ErrorCode.HostUntrusted, $"What '{token.Address}' asks to be signed can not be.", exception.Message);
        }
    }
}
