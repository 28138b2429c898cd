using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Long-lived secrets with which programs act for a user.</summary>
public sealed class ApiTokens(HouseDatabase database, EventLog events, TimeProvider time)
{
    /// <summary>Makes a token for a user and returns it, this once. Faults: NotFound, InvalidRequest.</summary>
    public async Task<Outcome<string>> MakeAsync(string user, string label, string actor, CancellationToken cancellationToken)
    {
        if (label.Length is 0 or > 100) return new Fault(ErrorCode.InvalidRequest, "A token's label has 1 to 100 characters.");
        var token = Secrets.MakeToken();
        var made = await database.WriteAsync(async context =>
        {
            if (!await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return false;
            context.ApiTokens.Add(new ApiTokenRow { Id = Secrets.Hash(token), User = user, Label = label, CreatedAt = time.GetUtcNow() });
            events.Add(context, new HouseEvent(EventKinds.TokenMade, $"An API token '{label}' was made for '{user}'.", actor));
            return true;
        }, cancellationToken);
        return made ? token : new Fault(ErrorCode.NotFound, $"There is no user '{user}'.");
    }

    /// <summary>The user a token stands for, or null.</summary>
    public async Task<UserView?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var id = Secrets.Hash(token);
        await using var context = await database.ReadAsync(cancellationToken);
        return await (from t in context.ApiTokens
                      join u in context.Users on t.User equals u.Name
                      where t.Id == id
                      select new UserView(u.Name, u.DisplayName, u.Administrator)).SingleOrDefaultAsync(cancellationToken);
    }
}
