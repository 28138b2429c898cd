using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Passwords of local users, hashed by the framework's hasher.</summary>
public sealed class Passwords(HouseDatabase database, SignIns signIns, LoginThrottle throttle, EventLog events)
{
    private const int Shortest = 8;
    private const int Longest = 256;
    private static readonly PasswordHasher<string> Hasher = new();

    // Compared with when the name is unknown: an answer then takes as long as for a wrong password.
    private static readonly string NobodysHash = Hasher.HashPassword("", Secrets.MakePassword());

    /// <summary>Sets a local user's password and ends all their sign-ins. Faults: NotFound, InvalidRequest.</summary>
    public async Task<Outcome<PasswordSet>> SetAsync(string user, SetPasswordRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.Password is { } given && Complaint(given) is { } complaint) return new Fault(ErrorCode.InvalidRequest, complaint);
        var generated = request.Password is null ? Secrets.MakePassword() : null;
        var fault = await WriteAsync(user, request.Password ?? generated!, actor, cancellationToken);
        if (fault is not null) return fault;
        await signIns.EndAllAsync(user, null, cancellationToken);
        throttle.Succeeded(user);
        return new PasswordSet(generated);
    }

    /// <summary>Changes one's own password; one's other sign-ins end. Faults: Unauthenticated, TooManyRequests, InvalidRequest.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="request">Present and new password.</param>
    /// <param name="signInId">The sign-in that asks and stays, or null.</param>
    /// <param name="free">Wrong passwords until sign-in is paused.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Done>> ChangeAsync(string user, ChangePasswordRequest request, string? signInId, int free, CancellationToken cancellationToken)
    {
        if (throttle.LockedFor(user) is { } left) return LoginThrottle.Locked(left);
        if (Complaint(request.Password ?? "") is { } complaint) return new Fault(ErrorCode.InvalidRequest, complaint);
        await using var context = await database.ReadAsync(cancellationToken);
        if (await FindAsync(context, user, request.Current ?? "", cancellationToken) is null)
        {
            throttle.Failed(user, free);
            return new Fault(ErrorCode.InvalidRequest, "The present password is wrong.", null, "Type the password you signed in with.");
        }

        if (await WriteAsync(user, request.Password!, user, cancellationToken) is { } fault) return fault;
        await signIns.EndAllAsync(user, signInId, cancellationToken);
        return Done.Yes;
    }

    /// <summary>What is wrong with a new password, or null.</summary>
    internal static string? Complaint(string password) =>
        password.Length is < Shortest or > Longest ? $"A password has {Shortest} to {Longest} characters." : null;

    internal static string Hash(string user, string password) => Hasher.HashPassword(user, password);

    /// <summary>The enabled local user a name and a password belong to, or null; takes as long either way.</summary>
    internal static async Task<UserRow?> FindAsync(MayflyDbContext context, string name, string password, CancellationToken cancellationToken)
    {
        var row = await context.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Name == name && u.Source == UserRow.Local, cancellationToken);
        var verdict = Hasher.VerifyHashedPassword(name, row?.PasswordHash ?? NobodysHash, password.Length is > 0 and <= Longest ? password : "?");
        return row is { Enabled: true } && verdict != PasswordVerificationResult.Failed ? row : null;
    }

    private async Task<Fault?> WriteAsync(string user, string password, string actor, CancellationToken cancellationToken)
    {
        var hash = Hash(user, password);
        return await database.WriteAsync(async context =>
        {
            var row = await context.Users.SingleOrDefaultAsync(u => u.Name == user, cancellationToken);
            if (row is null) return UserDirectory.NoUser(user);
            if (row.Source != UserRow.Local) return new Fault(ErrorCode.InvalidRequest, $"'{user}' has no password here.", $"The directory '{row.Source}' keeps it.", "Change it there.");
            row.PasswordHash = hash;
            events.Add(context, new HouseEvent(EventKinds.PasswordSet, $"The password of '{user}' was set.", actor) { User = user });
            return (Fault?)null;
        }, cancellationToken);
    }
}
