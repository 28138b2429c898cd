using System.Security.Claims;
using System.Security.Cryptography;
using Mayfly.Contracts;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>
/// Leave to open one display once with a viewer program: a VNC password of 8 letters, good for a minute and bound to a user's session and
/// sign-in. The password must be known to check an answer, so it is kept here, in memory alone, as long as it is good.
/// </summary>
internal sealed class ViewerTickets(Lifetimes lifetimes, IHostApplicationLifetime house, TimeProvider time) : IDisposable
{
    /// <summary>How long a password is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private const int MostPerUser = 4;
    private const int Most = 256;

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Makes a password. Faults: TooManyRequests while the user or the house has too many unused ones.</summary>
    public Outcome<string> Issue(DisplayGrant grant, ClaimsPrincipal caller)
    {
        lock (_lock)
        {
            RemoveExpired();
            if (_entries.Count >= Most || _entries.Count(entry => entry.Pass.Grant.User == grant.User) >= MostPerUser)
                return new Fault(ErrorCode.TooManyRequests, "Too many viewer files are waiting to be used.", null, $"Try again in {Life.TotalSeconds:F0} s.");
            var password = VncPassword.Make();
            // Held from now on: a sign-out before the viewer comes is not missed.
            _entries.Add(new Entry(password, new ViewerPass(grant, caller.SignInId(), caller.HoldSignIn(lifetimes, house.ApplicationStopping)), time.GetUtcNow()));
            return password;
        }
    }

    /// <summary>Uses up the password with which a challenge was answered; null when no good one was. The caller disposes the pass.</summary>
    public ViewerPass? Redeem(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> answer)
    {
        lock (_lock)
        {
            RemoveExpired();
            Entry? found = null;
            // All are compared, so that the time it takes tells nothing.
            foreach (var entry in _entries)
                if (CryptographicOperations.FixedTimeEquals(VncPassword.Answer(entry.Password, challenge), answer))
                    found = entry;
            if (found is null) return null;
            _entries.Remove(found);
            return found.Pass;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _entries.ForEach(entry => entry.Pass.Dispose());
            _entries.Clear();
        }
    }

    private void RemoveExpired()
    {
        var now = time.GetUtcNow();
        foreach (var entry in _entries.Where(entry => (now - entry.Made).Duration() >= Life || entry.Pass.SignIn.Token.IsCancellationRequested).ToList())
        {
            _entries.Remove(entry);
            entry.Pass.Dispose();
        }
    }

    private sealed record Entry(string Password, ViewerPass Pass, DateTimeOffset Made);
}
