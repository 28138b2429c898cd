using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Who is signed in with a browser. Kept in the database, so that a restart of mayflyd signs nobody out.</summary>
public sealed class SignIns(HouseDatabase database, EventLog events, Lifetimes lifetimes, TimeProvider time)
{
    /// <summary>A sign-in unused for this long is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>A sign-in is over after this long in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>Signs a user in; the result is the cookie's value, always a new one.</summary>
    public async Task<string> BeginAsync(string user, CancellationToken cancellationToken)
    {
        var token = Secrets.MakeToken();
        var now = time.GetUtcNow();
        await database.WriteAsync(async context =>
        {
            await context.SignIns.Where(s => s.LastSeenAt < now - Idle || s.CreatedAt < now - Longest).ExecuteDeleteAsync(cancellationToken);
            context.SignIns.Add(new SignInRow { Id = Secrets.Hash(token), User = user, CreatedAt = now, LastSeenAt = now });
            return events.Add(context, new HouseEvent(EventKinds.UserSignedIn, $"'{user}' signed in.", user));
        }, cancellationToken);
        return token;
    }

    /// <summary>The user behind a cookie and the sign-in's id, or null when it is unknown or over.</summary>
    public async Task<(UserView User, string SignInId)?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var id = Secrets.Hash(token);
        var now = time.GetUtcNow();
        await using var context = await database.ReadAsync(cancellationToken);
        var found = await (from s in context.SignIns.AsNoTracking()
                           join u in context.Users on s.User equals u.Name
                           where s.Id == id && s.LastSeenAt >= now - Idle && s.CreatedAt >= now - Longest
                           select new { s.LastSeenAt, User = new UserView(u.Name, u.DisplayName, u.Administrator) }).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        if (found.LastSeenAt < now - Grain)
        {
            await database.WriteAsync(
                writing => writing.SignIns.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(row => row.LastSeenAt, now), cancellationToken),
                cancellationToken);
        }

        return (found.User, id);
    }

    /// <summary>Signs out: the cookie is worth nothing from now on and the connections opened with it close.</summary>
    public async Task EndAsync(string signInId, CancellationToken cancellationToken)
    {
        await database.WriteAsync(context => context.SignIns.Where(s => s.Id == signInId).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        lifetimes.End(Lifetimes.SignIn(signInId));
    }
}
