using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Who is signed in with a browser. Kept in the database, so that a restart of mayflyd signs nobody out.</summary>
public sealed class SignIns(HouseDatabase database, UserReader reader, SettingsStore settings, EventLog events, Lifetimes lifetimes, TimeProvider time)
{
    private const int LongestClient = 200;
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>Signs a user in; the result is the cookie's value, always a new one.</summary>
    /// <param name="user">Who.</param>
    /// <param name="address">Address the browser comes from, or null.</param>
    /// <param name="client">What it calls itself, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<string> BeginAsync(string user, string? address, string? client, CancellationToken cancellationToken)
    {
        var token = Secrets.MakeToken();
        var now = time.GetUtcNow();
        var shortened = client is { Length: > LongestClient } ? client[..LongestClient] : client;
        await database.WriteAsync(async context =>
        {
            await context.Users.Where(u => u.Name == user).ExecuteUpdateAsync(u => u.SetProperty(row => row.LastSignInAt, now), cancellationToken);
            context.SignIns.Add(new SignInRow { Id = Secrets.Hash(token), User = user, Address = address, Client = shortened, CreatedAt = now, LastSeenAt = now });
            return events.Add(context, new HouseEvent(EventKinds.UserSignedIn, $"'{user}' signed in{(address is null ? "" : $" from {address}")}.", user) { User = user });
        }, cancellationToken);
        return token;
    }

    /// <summary>The user behind a cookie and the sign-in's id, or null when it is unknown or over.</summary>
    public async Task<(SignedInUser User, string SignInId)?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var id = Secrets.Hash(token);
        var now = time.GetUtcNow();
        var (idle, longest) = await LimitsAsync(cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        var found = await context.SignIns.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == id && s.LastSeenAt >= now - idle && s.CreatedAt >= now - longest, cancellationToken);
        if (found is null || await reader.SignedInAsync(context, found.User, cancellationToken) is not { } user) return null;
        // Often enough for one that is used not to be over.
        if (found.LastSeenAt < now - (idle / 5 < Grain ? idle / 5 : Grain))
        {
            await database.NoteAsync(
                writing => writing.SignIns.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(row => row.LastSeenAt, now), cancellationToken),
                cancellationToken);
        }

        return (user, id);
    }

    /// <summary>The sign-ins of a user that are not over, newest first.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="current">The one that asks, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<SignInView>> ListAsync(string user, string? current, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (idle, longest) = await LimitsAsync(cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.SignIns.AsNoTracking().Where(s => s.User == user && s.LastSeenAt >= now - idle && s.CreatedAt >= now - longest)
            .OrderByDescending(s => s.CreatedAt).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new SignInView(row.Id, row.User, row.Address, row.Client, row.CreatedAt, row.LastSeenAt, row.Id == current));
    }

    /// <summary>Removes the sign-ins that are over and closes what was opened with them, displays too.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (idle, longest) = await LimitsAsync(cancellationToken);
        await using (var context = await database.ReadAsync(cancellationToken))
        {
            // Mostly there is none, and then nobody has to wait for the writer.
            if (!await context.SignIns.AnyAsync(s => s.LastSeenAt < now - idle || s.CreatedAt < now - longest, cancellationToken)) return;
        }

        var over = await database.WriteAsync(async context =>
        {
            var rows = await context.SignIns.Where(s => s.LastSeenAt < now - idle || s.CreatedAt < now - longest).ToListAsync(cancellationToken);
            context.SignIns.RemoveRange(rows);
            return rows;
        }, cancellationToken);
        foreach (var row in over) lifetimes.End(Lifetimes.SignIn(row.Id));
    }

    /// <summary>Notes within a transaction that a sign-in is used. One that is over stays so.</summary>
    internal async Task UsedAsync(MayflyDbContext context, string signInId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (idle, _) = await LimitsAsync(cancellationToken);
        await context.SignIns.Where(s => s.Id == signInId && s.LastSeenAt >= now - idle && s.LastSeenAt < now)
            .ExecuteUpdateAsync(s => s.SetProperty(row => row.LastSeenAt, now), cancellationToken);
    }

    /// <summary>Signs out: the cookie is worth nothing from now on and the connections opened with it close.</summary>
    public async Task EndAsync(string signInId, CancellationToken cancellationToken)
    {
        await database.WriteAsync(context => context.SignIns.Where(s => s.Id == signInId).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        lifetimes.End(Lifetimes.SignIn(signInId));
    }

    /// <summary>Ends one sign-in of a user from elsewhere. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> EndOneAsync(string user, string signInId, string actor, CancellationToken cancellationToken)
    {
        var ended = await database.WriteAsync(async context =>
        {
            if (await context.SignIns.Where(s => s.Id == signInId && s.User == user).ExecuteDeleteAsync(cancellationToken) == 0) return false;
            events.Add(context, new HouseEvent(EventKinds.UserSignedOut, $"A sign-in of '{user}' was ended.", actor) { User = user });
            return true;
        }, cancellationToken);
        if (!ended) return new Fault(ErrorCode.NotFound, "There is no such sign-in.", null, "It may be over already.");
        lifetimes.End(Lifetimes.SignIn(signInId));
        return Done.Yes;
    }

    /// <summary>Ends all sign-ins of a user but one.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="except">The one that stays, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task EndAllAsync(string user, string? except, CancellationToken cancellationToken)
    {
        var ended = await database.WriteAsync(async context =>
        {
            var rows = await context.SignIns.Where(s => s.User == user && s.Id != except).ToListAsync(cancellationToken);
            context.SignIns.RemoveRange(rows);
            return rows;
        }, cancellationToken);
        foreach (var row in ended) lifetimes.End(Lifetimes.SignIn(row.Id));
    }

    private async Task<(TimeSpan Idle, TimeSpan Longest)> LimitsAsync(CancellationToken cancellationToken)
    {
        var current = await settings.ReadAsync(cancellationToken);
        return (TimeSpan.FromMinutes(current.SignInIdleMinutes), TimeSpan.FromMinutes(current.SignInLongestMinutes));
    }
}
