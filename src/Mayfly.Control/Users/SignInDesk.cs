using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>Checks who somebody is: name, password, second factor.</summary>
public sealed class SignInDesk(
    HouseDatabase database, UserReader reader, PasswordDirectories directories, LoginThrottle throttle, SecondFactors factors, SettingsStore settings, EventLog events)
{
    private const int LongestName = 256;

    private static readonly Fault Wrong = new(ErrorCode.Unauthenticated, "The user name or the password is wrong.", null, "Check both and try again.");

    /// <summary>
    /// Checks a name and a password. Faults: Unauthenticated (alike for unknown, disabled and wrong), SecondFactorRequired when all that is
    /// missing is a code, TooManyRequests, those of a directory that can not be asked.
    /// </summary>
    public async Task<Outcome<SignedInUser>> CheckAsync(LoginRequest login, CancellationToken cancellationToken)
    {
        var name = (login.User ?? "").Length > LongestName ? "?" : login.User ?? "";
        if (throttle.LockedFor(name) is { } left) return LoginThrottle.Locked(left);
        await using var context = await database.ReadAsync(cancellationToken);
        var found = await FindAsync(context, name, login, cancellationToken);
        if (found is { Fault: { } fault }) return fault;
        var known = found?.Value;
        // A directory knows one person by many ways to write their name: all of them are paused together.
        if (known is not null && throttle.LockedFor(known.Name) is { } rest) return LoginThrottle.Locked(rest);
        var row = known is { IsPasswordRight: true } ? await context.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Name == known.Name, cancellationToken) : null;
        if (row is null) return await RefuseAsync(known?.Name ?? name, Wrong, cancellationToken);
        if (row.FactorConfirmed && string.IsNullOrEmpty(login.Code))
            return new Fault(ErrorCode.SecondFactorRequired, "A code of your second factor is wanted too.", null, "Type the six digits your app shows, or a recovery code.");
        if (row.FactorConfirmed && !await factors.UseAsync(row.Name, login.Code!, cancellationToken))
            return await RefuseAsync(row.Name, new Fault(ErrorCode.SecondFactorRequired, "The code is not right.", null, "Type the six digits your app shows now, or a recovery code."), cancellationToken);
        throttle.Succeeded(row.Name);
        return await reader.SignedInAsync(context, row.Name, cancellationToken) is { } user ? user : Wrong;
    }

    /// <summary>Signs in whom an OpenID Connect provider vouches for; it asks for its own second factor. Faults: those of taking them as a user.</summary>
    public async Task<Outcome<SignedInUser>> VouchedAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await reader.SignedInAsync(context, user, cancellationToken) is { } signedIn ? signedIn : Wrong;
    }

    private async Task<Outcome<KnownUser>?> FindAsync(MayflyDbContext context, string name, LoginRequest login, CancellationToken cancellationToken)
    {
        if (login.Directory is null)
        {
            if (await Passwords.FindAsync(context, name, login.Password ?? "", cancellationToken) is { } local) return (Outcome<KnownUser>)new KnownUser(local.Name, IsPasswordRight: true);
            // A local user's name is theirs alone: no directory is asked about it.
            if (await context.Users.AnyAsync(u => u.Name == name && u.Source == UserRow.Local, cancellationToken)) return null;
        }

        return await directories.CheckAsync(name, login.Password ?? "", login.Directory, cancellationToken);
    }

    /// <summary>Frees a name whose sign-in is paused.</summary>
    public async Task UnlockAsync(string name, string actor, CancellationToken cancellationToken)
    {
        throttle.Succeeded(name);
        await events.RecordAsync(new HouseEvent(EventKinds.UserUnlocked, $"'{name}' may try to sign in again.", actor) { User = name }, cancellationToken);
    }

    private async Task<Fault> RefuseAsync(string name, Fault fault, CancellationToken cancellationToken)
    {
        var free = (await settings.ReadAsync(cancellationToken)).WrongPasswords;
        if (!throttle.Failed(name, free)) return fault;
        await using var context = await database.ReadAsync(cancellationToken);
        // A lock of a name nobody has is no event: the list would be anybody's to fill.
        if (await context.Users.FindAsync([name], cancellationToken) is not null)
            await events.RecordAsync(new HouseEvent(EventKinds.UserLocked, $"Sign-in of '{name}' is paused after repeated wrong passwords.", Level: "warning") { User = name }, cancellationToken);
        return fault;
    }
}
