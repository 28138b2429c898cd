using Mayfly.Control.Directories;
using Mayfly.Control.Users;

namespace Mayfly.Server.SignIn;

/// <summary>Sign-ins that are at a provider now. Kept in memory: whoever is there while mayflyd restarts begins again.</summary>
internal sealed class SignInAttempts(TimeProvider time)
{
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pending> _pending = [];

    /// <summary>Keeps an attempt until it comes back; the result is what the browser must show then. Null when too many are under way.</summary>
    /// <param name="provider">Directory it is with.</param>
    /// <param name="attempt">What the provider was asked.</param>
    /// <param name="to">Page of Mayfly's own to go to afterwards.</param>
    public string? Keep(string provider, OpenIdAttempt attempt, string to)
    {
        var browser = Secrets.MakeToken();
        lock (_lock)
        {
            if (_pending.Count >= Most) Forget();
            if (_pending.Count >= Most) return null;
            _pending[attempt.State] = new Pending(provider, attempt, to, Secrets.Hash(browser));
        }

        return browser;
    }

    /// <summary>The attempt a browser comes back from, once; null when there is none of its own.</summary>
    public Pending? Take(string? state, string? browser)
    {
        lock (_lock)
        {
            return state is not null && _pending.Remove(state, out var pending) && browser is not null && pending.Browser == Secrets.Hash(browser) ? pending : null;
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var state in _pending.Where(entry => entry.Value.Attempt.ExpiresAt <= now).Select(entry => entry.Key).ToList()) _pending.Remove(state);
    }

    /// <summary>An attempt under way.</summary>
    internal sealed record Pending(string Provider, OpenIdAttempt Attempt, string To, string Browser);
}
