namespace Mayfly.Control.Directories;

/// <summary>
/// A sign-in under way at a provider. The server keeps it, tied to the browser that began, until the provider sends that browser back;
/// then it is used once and forgotten. State, nonce and verifier are secrets.
/// </summary>
/// <param name="AuthorizationUrl">Where to send the browser.</param>
/// <param name="State">Comes back with the browser.</param>
/// <param name="Nonce">Comes back in the ID token.</param>
/// <param name="CodeVerifier">Proof that whoever redeems the code began the attempt (PKCE).</param>
/// <param name="RedirectUri">Where the provider sends the browser.</param>
/// <param name="ExpiresAt">When it is too late.</param>
public sealed record OpenIdAttempt(Uri AuthorizationUrl, string State, string Nonce, string CodeVerifier, Uri RedirectUri, DateTimeOffset ExpiresAt);
