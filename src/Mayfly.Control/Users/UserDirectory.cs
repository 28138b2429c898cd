using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>The local users and their passwords.</summary>
public sealed partial class UserDirectory(HouseDatabase database, EventLog events, LoginThrottle throttle, TimeProvider time)
{
    /// <summary>Name of the administrator who sits at the host itself. No user can have it.</summary>
    public const string LocalName = "local";

    private const int LongestPassword = 256;
    private static readonly PasswordHasher<string> Hasher = new();

    // Compared with when the name is unknown: an answer then takes as long as for a wrong password.
    private static readonly string NobodysHash = Hasher.HashPassword("", Secrets.MakePassword());

    /// <summary>All users by name.</summary>
    public async Task<IReadOnlyList<UserView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Users.OrderBy(u => u.Name).Select(u => new UserView(u.Name, u.DisplayName, u.Administrator)).ToListAsync(cancellationToken);
    }

    /// <summary>One user, or null.</summary>
    public async Task<UserView?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Users.Where(u => u.Name == name)
            .Select(u => new UserView(u.Name, u.DisplayName, u.Administrator)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Adds a user. Faults: InvalidRequest, AlreadyExists.</summary>
    public async Task<Outcome<UserAdded>> AddAsync(AddUserRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Complaint(request) is { } complaint) return complaint;
        var generated = request.Password is null ? Secrets.MakePassword() : null;
        var row = new UserRow
        {
            Name = request.Name, DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? request.Name : request.DisplayName.Trim(),
            PasswordHash = Hasher.HashPassword(request.Name, request.Password ?? generated!),
            Administrator = request.Administrator, CreatedAt = time.GetUtcNow(),
        };
        var added = await database.WriteAsync(async context =>
        {
            if (await context.Users.AnyAsync(u => u.Name == row.Name, cancellationToken)) return false;
            context.Users.Add(row);
            var role = row.Administrator ? "administrator" : "user";
            events.Add(context, new HouseEvent(EventKinds.UserAdded, $"The {role} '{row.Name}' was added.", actor));
            return true;
        }, cancellationToken);
        if (!added) return new Fault(ErrorCode.AlreadyExists, $"There is a user '{row.Name}' already.", null, "Choose another name.");
        return new UserAdded(new UserView(row.Name, row.DisplayName, row.Administrator), generated);
    }

    /// <summary>Checks a password. Faults: Unauthenticated (alike for unknown names), TooManyRequests.</summary>
    public async Task<Outcome<UserView>> CheckAsync(LoginRequest login, CancellationToken cancellationToken)
    {
        var name = (login.User ?? "").Length > 63 ? "?" : login.User ?? "";
        if (throttle.LockedFor(name) is { } left) return Locked(left);
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Name == name, cancellationToken);
        var password = login.Password is { Length: > 0 and <= LongestPassword } given ? given : "?";
        var verdict = Hasher.VerifyHashedPassword(name, row?.PasswordHash ?? NobodysHash, password);
        if (row is not null && verdict != PasswordVerificationResult.Failed)
        {
            throttle.Succeeded(name);
            return new UserView(row.Name, row.DisplayName, row.Administrator);
        }

        if (throttle.Failed(name) && row is not null)
            await events.RecordAsync(new HouseEvent(EventKinds.UserLocked, $"Sign-in of '{name}' is paused after repeated wrong passwords.", Level: "warning"), cancellationToken);
        return new Fault(ErrorCode.Unauthenticated, "The user name or the password is wrong.", null, "Check both and try again.");
    }

    private static Fault Locked(TimeSpan left) =>
        new(ErrorCode.TooManyRequests, "Too many wrong passwords were given for this name.", null, $"Try again in {Math.Ceiling(left.TotalSeconds)} s.");

    private static Fault? Complaint(AddUserRequest request)
    {
        var complaints = new List<string>();
        if (!UserName().IsMatch(request.Name ?? "")) complaints.Add("A name is 1 to 63 of a-z, 0-9, '.', '_' and '-'.");
        if (request.Name == LocalName) complaints.Add($"The name '{LocalName}' stands for the administrator at the host itself.");
        if (request.DisplayName is { Length: > 100 }) complaints.Add("A display name has at most 100 characters.");
        if (request.Password is { Length: < 8 or > LongestPassword }) complaints.Add($"A password has 8 to {LongestPassword} characters.");
        return complaints.Count == 0 ? null : new Fault(ErrorCode.InvalidRequest, "The user cannot be added.", string.Join(' ', complaints));
    }

    [GeneratedRegex(@"\A[a-z0-9._-]{1,63}\z")]
    private static partial Regex UserName();
}
