using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;
using Mayfly.Server.Auth;

namespace Mayfly.Server.Displays;

/// <summary>
/// Leave to open one display once, for who took it and with the sign-in or API token it was taken with. Only hashes are kept, in memory: no
/// ticket survives a restart.
/// </summary>
internal sealed class DisplayTickets(TimeProvider time)
{
    private const int MostPerUser = 32;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Makes a ticket. Faults: TooManyRequests when the user holds many unused ones.</summary>
    /// <param name="caller">Only they may use it, and only by what they showed now.</param>
    /// <param name="machineId">Only for this machine.</param>
    /// <param name="sessionId">The session it is for, or null for an administrator's look at a machine.</param>
    /// <param name="captureId">The capture it is for, or null.</param>
    public Outcome<DisplayTicket> Issue(ClaimsPrincipal caller, string machineId, string? sessionId, string? captureId = null)
    {
        var (user, ticket) = (caller.Name(), Secrets.MakeToken());
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var key in _entries.Where(entry => entry.Value.Expires <= now).Select(entry => entry.Key).ToList()) _entries.Remove(key);
            if (_entries.Values.Count(entry => entry.Grant.User == user) >= MostPerUser)
                return new Fault(ErrorCode.TooManyRequests, "Too many display tickets are waiting to be used.", null, $"Try again in {Life.TotalSeconds:F0} s.");
            var grant = new DisplayGrant(user, machineId, sessionId) { CaptureId = captureId, IssuedAt = time.GetTimestamp() };
            _entries[Secrets.Hash(ticket)] = new Entry(grant, caller.CredentialId(), now + Life);
        }

        return new DisplayTicket(ticket, (int)Life.TotalSeconds);
    }

    /// <summary>Uses a ticket up, whether or not it turns out to be good, and returns what it grants; null when it grants nothing.</summary>
    public DisplayGrant? Redeem(string ticket, ClaimsPrincipal caller)
    {
        lock (_lock)
        {
            return _entries.Remove(Secrets.Hash(ticket), out var entry) && entry.Expires > time.GetUtcNow() && entry.IsOf(caller) ? entry.Grant : null;
        }
    }

    private sealed record Entry(DisplayGrant Grant, string? CredentialId, DateTimeOffset Expires)
    {
        public bool IsOf(ClaimsPrincipal caller) => Grant.User == caller.Name() && CredentialId == caller.CredentialId();
    }
}
