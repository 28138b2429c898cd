using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Long-lived secrets with which programs act for a user.</summary>
public sealed class ApiTokens(HouseDatabase database, UserReader reader, EventLog events, TimeProvider time)
{
    private const int LongestDays = 3650;
    private const int Most = 100;
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>Makes a token for a user and returns it, this once. Faults: NotFound, InvalidRequest.</summary>
    public async Task<Outcome<MadeToken>> MakeAsync(string user, MakeTokenRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.Label is not { Length: > 0 and <= 100 }) return new Fault(ErrorCode.InvalidRequest, "A token's label has 1 to 100 characters.");
        if (request.Days is < 1 or > LongestDays) return new Fault(ErrorCode.InvalidRequest, $"A token is good for 1 to {LongestDays} days, or without an end.");
        var token = Secrets.MakeToken();
        var now = time.GetUtcNow();
        var row = new ApiTokenRow
        {
            Id = Secrets.Hash(token),
            User = user,
            Label = request.Label,
            CreatedAt = now,
            ExpiresAt = request.Days is { } days ? now + TimeSpan.FromDays(days) : null,
        };
        var refused = await database.WriteAsync(async context =>
        {
            if (!await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return UserDirectory.NoUser(user);
            if (await context.ApiTokens.CountAsync(t => t.User == user, cancellationToken) >= Most)
                return new Fault(ErrorCode.InvalidRequest, $"'{user}' has {Most} tokens, and may have no more.", null, "Revoke those that are not used any more.");
            context.ApiTokens.Add(row);
            events.Add(context, new HouseEvent(EventKinds.TokenMade, $"An API token '{row.Label}' was made for '{user}'.", actor) { User = user, After = row.ToView() });
            return (Fault?)null;
        }, cancellationToken);
        return refused is null ? new MadeToken(token, row.ToView()) : refused;
    }

    /// <summary>The tokens of a user, or of all, newest first.</summary>
    public async Task<IReadOnlyList<ApiTokenView>> ListAsync(string? user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.ApiTokens.AsNoTracking().Where(t => user == null || t.User == user).OrderByDescending(t => t.CreatedAt).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToView());
    }

    /// <summary>Revokes a token. Faults: NotFound.</summary>
    /// <param name="id">Which.</param>
    /// <param name="user">Whose it must be, or null for anybody's.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Done>> RevokeAsync(string id, string? user, string actor, CancellationToken cancellationToken)
    {
        var revoked = await database.WriteAsync(async context =>
        {
            var row = await context.ApiTokens.SingleOrDefaultAsync(t => t.Id == id && (user == null || t.User == user), cancellationToken);
            if (row is null) return false;
            context.ApiTokens.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.TokenRevoked, $"The API token '{row.Label}' of '{row.User}' was revoked.", actor) { User = row.User, Before = row.ToView() });
            return true;
        }, cancellationToken);
        return revoked ? Done.Yes : new Fault(ErrorCode.NotFound, "There is no such token.", null, "It may be revoked already.");
    }

    /// <summary>The user a token stands for, or null.</summary>
    public async Task<SignedInUser?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var id = Secrets.Hash(token);
        var now = time.GetUtcNow();
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.ApiTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && (t.ExpiresAt == null || t.ExpiresAt > now), cancellationToken);
        if (row is null || await reader.SignedInAsync(context, row.User, cancellationToken) is not { } user) return null;
        if (row.LastUsedAt is null || row.LastUsedAt < now - Grain)
        {
            await database.NoteAsync(
                writing => writing.ApiTokens.Where(t => t.Id == id).ExecuteUpdateAsync(t => t.SetProperty(one => one.LastUsedAt, now), cancellationToken),
                cancellationToken);
        }

        // A program has no second factor; its user needed one to make the token.
        return user with { SecondFactorDue = false };
    }
}
