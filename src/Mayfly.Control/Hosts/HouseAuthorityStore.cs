using Mayfly.Control.Storage;
using Mayfly.Remote.Trust;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Hosts;

/// <summary>Keeps the authority of the house, which is made with its first host.</summary>
public sealed class HouseAuthorityStore(HouseDatabase database, TimeProvider time)
{
    /// <summary>The authority; another object each time, to be disposed.</summary>
    public async Task<HouseAuthority> GetAsync(CancellationToken cancellationToken)
    {
        var pem = await database.WriteAsync(async context =>
        {
            if (await context.Authorities.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } kept) return kept.Pem;
            using var made = HouseAuthority.Create(time);
            var row = new AuthorityRow { Id = AuthorityRow.Only, Pem = made.Export() };
            context.Authorities.Add(row);
            return row.Pem;
        }, cancellationToken);
        return HouseAuthority.Import(pem, time);
    }
}
