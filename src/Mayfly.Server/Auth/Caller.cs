using System.Security.Claims;
using Mayfly.Control.Access;
using Mayfly.Control.Signals;
using Mayfly.Control.Users;

namespace Mayfly.Server.Auth;

/// <summary>What endpoints ask about who called them.</summary>
internal static class Caller
{
    public static SignedInUser User(this ClaimsPrincipal caller) =>
        (caller.Identity as CallerIdentity)?.User ?? throw new InvalidOperationException("The endpoint lets anonymous callers in.");

    public static string Name(this ClaimsPrincipal caller) => caller.User().Name;

    public static AccessRights Rights(this ClaimsPrincipal caller) => (caller.Identity as CallerIdentity)?.User.Rights ?? AccessRights.None;

    /// <summary>What the caller showed, a sign-in or an API token; null at the unix socket.</summary>
    public static string? CredentialId(this ClaimsPrincipal caller) => (caller.Identity as CallerIdentity)?.CredentialId;

    public static string? SignInId(this ClaimsPrincipal caller) => (caller.Identity as CallerIdentity)?.SignInId;

    /// <summary>A lease cancelled when the caller signs out; for callers without a sign-in, when the user is disabled or removed.</summary>
    public static Lifetimes.Lease HoldSignIn(this ClaimsPrincipal caller, Lifetimes lifetimes, CancellationToken cancellationToken) =>
        lifetimes.Hold(caller.SignInId() is { } id ? Lifetimes.SignIn(id) : Lifetimes.User(caller.Name()), cancellationToken);
}
