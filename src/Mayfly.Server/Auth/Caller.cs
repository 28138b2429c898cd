using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;

namespace Mayfly.Server.Auth;

/// <summary>What endpoints ask about who called them.</summary>
internal static class Caller
{
    public const string AdministratorRole = "administrator";
    public const string DisplayNameClaim = "mayfly:display-name";
    public const string SignInClaim = "mayfly:sign-in";

    public static string Name(this ClaimsPrincipal caller) => caller.Identity?.Name ?? throw new InvalidOperationException("The endpoint lets anonymous callers in.");

    public static bool IsAdministrator(this ClaimsPrincipal caller) => caller.IsInRole(AdministratorRole);

    public static string? SignInId(this ClaimsPrincipal caller) => caller.FindFirstValue(SignInClaim);

    public static UserView View(this ClaimsPrincipal caller) => new(caller.Name(), caller.FindFirstValue(DisplayNameClaim) ?? caller.Name(), caller.IsAdministrator());

    /// <summary>A lease cancelled when the caller signs out; for callers without a sign-in, only with <paramref name="cancellationToken"/>.</summary>
    public static Lifetimes.Lease HoldSignIn(this ClaimsPrincipal caller, Lifetimes lifetimes, CancellationToken cancellationToken) =>
        lifetimes.Hold(Lifetimes.SignIn(caller.SignInId() ?? "none"), cancellationToken);
}
