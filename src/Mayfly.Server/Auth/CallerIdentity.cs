using System.Security.Claims;
using Mayfly.Control.Users;

namespace Mayfly.Server.Auth;

/// <summary>Who a request is from, and by what they showed it.</summary>
internal sealed class CallerIdentity(SignedInUser user, string method, string? credentialId)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, user.Name), new Claim(ClaimTypes.AuthenticationMethod, method)], MayflyAuthentication.SchemeName)
{
    public SignedInUser User { get; } = user;

    public string Method { get; } = method;

    /// <summary>Which sign-in or API token it was, by its hash; null for the unix socket.</summary>
    public string? CredentialId { get; } = credentialId;

    /// <summary>The browser's sign-in; null for a token and for the unix socket.</summary>
    public string? SignInId => Method == MayflyAuthentication.ByCookie ? CredentialId : null;
}
