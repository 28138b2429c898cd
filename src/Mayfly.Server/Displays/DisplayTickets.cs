using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;

namespace Mayfly.Server.Displays;

/// <summary>Leave to open one display once. Only hashes are kept, in memory: no ticket survives a restart.</summary>
internal sealed class DisplayTickets(TimeProvider time)
{
    private const int MostPerUser = 32;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Makes a ticket. Faults: TooManyRequests when the user holds many unused ones.</summary>
    /// <param name="user">Only this user may use it.</param>
    /// <param name="machineId">Only for this machine.</param>
    /// <param name="sessionId">The session it is for, or null for an administrator's look at a machine.</param>
    public Outcome<DisplayTicket> Issue(string user, string machineId, string? sessionId)
    {
        var ticket = Secrets.MakeToken();
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var key in _entries.Where(entry => entry.Value.Expires <= now).Select(entry => entry.Key).ToList()) _entries.Remove(key);
            if (_entries.Values.Count(entry => entry.Grant.User == user) >= MostPerUser)
                return new Fault(ErrorCode.TooManyRequests, "Too many display tickets are waiting to be used.", null, $"Try again in {Life.TotalSeconds:F0} s.");
            _entries[Secrets.Hash(ticket)] = new Entry(new DisplayGrant(user, machineId, sessionId), now + Life);
        }

        return new DisplayTicket(ticket, (int)Life.TotalSeconds);
    }

    /// <summary>Uses a ticket up, whether or not it turns out to be good, and returns what it grants; null when it grants nothing.</summary>
    public DisplayGrant? Redeem(string ticket, string user)
    {
        lock (_lock)
        {
            return _entries.Remove(Secrets.Hash(ticket), out var entry) && entry.Expires > time.GetUtcNow() && entry.Grant.User == user ? entry.Grant : null;
        }
    }

    private sealed record Entry(DisplayGrant Grant, DateTimeOffset Expires);
}
