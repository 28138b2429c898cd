using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Remote.Trust;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Hosts;

/// <summary>Keeps the authority of the house, which is made with its first host, and the other one while it is exchanged.</summary>
public sealed class HouseAuthorityStore(HouseDatabase database, EventLog events, TimeProvider time)
{
    /// <summary>Whom the house trusts; another object each time, to be disposed.</summary>
    public async Task<HouseTrust> GetAsync(CancellationToken cancellationToken)
    {
        var rows = await database.WriteAsync(async context =>
        {
            var kept = await context.Authorities.AsNoTracking().ToListAsync(cancellationToken);
            if (kept.Count == 0) kept.Add(context.Authorities.Add(Make(1, AuthorityStage.Signing)).Entity);
            return kept;
        }, cancellationToken);
        return TrustOf(rows);
    }

    /// <summary>Whom the house trusts, and how far an exchange is; makes nothing. Faults: NotFound while there was never a host.</summary>
    public async Task<Outcome<(HouseTrust Trust, AuthorityStage? Stage)>> FindAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Authorities.AsNoTracking().ToListAsync(cancellationToken);
        return rows.Count == 0 ? NoAuthority : (TrustOf(rows), rows.Find(row => row.Stage != AuthorityStage.Signing)?.Stage);
    }

    /// <summary>How far an exchange is: the stage of the authority that does not sign, or null without one.</summary>
    public async Task<AuthorityStage?> StageAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return (await context.Authorities.AsNoTracking().SingleOrDefaultAsync(row => row.Stage != AuthorityStage.Signing, cancellationToken))?.Stage;
    }

    /// <summary>Makes another one, which hosts are to trust next. Null when done. Faults: NotFound without a host, Busy while one is exchanged.</summary>
    public Task<Fault?> AnnounceAsync(string actor, CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        var rows = await context.Authorities.AsNoTracking().ToListAsync(cancellationToken);
        if (rows.Count == 0) return NoAuthority;
        if (rows.Count > 1) return new Fault(ErrorCode.Busy, "The authority is being exchanged already.", null, "Wait until that is done: mayfly host authority.");
        context.Authorities.Add(Make(rows[0].Id + 1, AuthorityStage.Announced));
        events.Add(context, new HouseEvent(EventKinds.AuthorityChanged, "The authority of the house is being exchanged: hosts learn to trust another one.", actor));
        return (Fault?)null;
    }, cancellationToken);

    /// <summary>Takes the next step of an exchange, once all hosts have taken the one before.</summary>
    public Task AdvanceAsync(CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        var rows = await context.Authorities.ToListAsync(cancellationToken);
        var signing = rows.Single(row => row.Stage == AuthorityStage.Signing);
        if (rows.Find(row => row.Stage == AuthorityStage.Announced) is { } announced)
        {
            (signing.Stage, announced.Stage) = (AuthorityStage.Retired, AuthorityStage.Signing);
            events.Add(context, new HouseEvent(EventKinds.AuthorityChanged, "All hosts trust the new authority of the house: they get certificates of it."));
        }
        else if (rows.Find(row => row.Stage == AuthorityStage.Retired) is { } retired)
        {
            context.Authorities.Remove(retired);
            events.Add(context, new HouseEvent(EventKinds.AuthorityChanged, "The authority of the house is exchanged: the one before is trusted no more."));
        }

        return true;
    }, cancellationToken);

    private static Fault NoAuthority => new(ErrorCode.NotFound, "The house has no authority.", "It is made when the first host joins.");

    private HouseTrust TrustOf(List<AuthorityRow> rows) =>
        new(Import(rows.Single(row => row.Stage == AuthorityStage.Signing)), [.. rows.Where(row => row.Stage != AuthorityStage.Signing).Select(Import)]);

    private HouseAuthority Import(AuthorityRow row) => HouseAuthority.Import(row.Pem, time);

    private AuthorityRow Make(int id, AuthorityStage stage)
    {
        using var made = HouseAuthority.Create(time);
        return new AuthorityRow { Id = id, Pem = made.Export(), Stage = stage };
    }
}
