using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories.OpenId;
using Mayfly.Control.Users;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Mayfly.Control.Directories;

/// <summary>
/// Signs people in with an OpenID Connect provider: authorization code flow with PKCE, state and nonce. Keeps only what providers publish
/// of themselves. Every method has these faults besides its own: DirectoryUnreachable, DirectoryUntrusted, DirectoryRefused (the client
/// id or secret), DirectoryMisconfigured.
/// </summary>
public sealed class OpenIdClient(TimeProvider time)
{
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromMinutes(10);

    private readonly OpenIdDiscovery _discovery = new(time);
    private readonly OpenIdTokenCheck _check = new(time);

    /// <summary>Begins a sign-in: what comes back says where to send the browser, and is to be kept until it returns.</summary>
    /// <param name="settings">The provider.</param>
    /// <param name="redirectUri">Where the provider sends the browser; registered there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Outcome<OpenIdAttempt>> BeginAsync(OpenIdSettings settings, Uri redirectUri, CancellationToken cancellationToken) =>
        AskAsync<OpenIdAttempt>(settings, async http =>
        {
            var found = await _discovery.GetAsync(settings, http, anew: false, cancellationToken);
            if (found.Fault is { } fault) return fault;
            var (state, nonce, verifier) = (Secrets.MakeToken(), Secrets.MakeToken(), Secrets.MakeToken());
            var address = QueryHelpers.AddQueryString(found.Value.AuthorizationEndpoint, new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["response_mode"] = "query",
                ["client_id"] = settings.ClientId,
                ["redirect_uri"] = redirectUri.AbsoluteUri,
                ["scope"] = string.Join(' ', settings.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal)),
                ["state"] = state,
                ["nonce"] = nonce,
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
                ["code_challenge_method"] = "S256",
            });
            return new OpenIdAttempt(new Uri(address), state, nonce, verifier, redirectUri, time.GetUtcNow() + AttemptLimit);
        }, cancellationToken);

    /// <summary>
    /// Ends a sign-in: the person the provider vouches for. The attempt must be forgotten before this is called, whatever comes of it.
    /// Faults: Unauthenticated when the browser brings something else than the attempt awaits, or the provider did not sign the person in.
    /// </summary>
    public Task<Outcome<DirectoryPerson>> CompleteAsync(OpenIdSettings settings, OpenIdAttempt attempt, OpenIdCallback callback, CancellationToken cancellationToken) =>
        AskAsync<DirectoryPerson>(settings, async http =>
        {
            if (!Same(attempt.State, callback.State)) return OpenIdFaults.Stale("The state does not match.");
            if (attempt.ExpiresAt <= time.GetUtcNow()) return OpenIdFaults.Stale("It took too long.");
            var found = await _discovery.GetAsync(settings, http, anew: false, cancellationToken);
            if (found.Fault is { } fault) return fault;
            if (IssuerComplaint(found.Value, callback) is { } mixed) return OpenIdFaults.Untrusted(settings, mixed);
            if (callback.Error is not null) return OpenIdFaults.Answered(settings, callback.Error, callback.ErrorDescription);
            if (string.IsNullOrEmpty(callback.Code)) return OpenIdFaults.Stale("There is no code.");
            var tokens = await OpenIdExchange.RedeemAsync(settings, found.Value, attempt, callback.Code, http, cancellationToken);
            if (tokens.Fault is { } refused) return refused;
            var claims = await _check.CheckAsync(tokens.Value, settings, anew => _discovery.GetAsync(settings, http, anew, cancellationToken), attempt.Nonce);
            return claims.Fault is { } unfounded ? unfounded : await ReadAsync(settings, found.Value, tokens.Value, claims.Value, http, cancellationToken);
        }, cancellationToken);

    /// <summary>Tries the settings as far as can be done without a person: reads what the provider says of itself.</summary>
    public Task<Outcome<OpenIdTestReport>> TestAsync(OpenIdSettings settings, CancellationToken cancellationToken) => AskAsync<OpenIdTestReport>(settings, async http =>
    {
        var found = await _discovery.GetAsync(settings, http, anew: true, cancellationToken);
        if (found.Fault is { } fault) return fault;
        var provider = found.Value;
        return new OpenIdTestReport(provider.Issuer, provider.SigningKeys.Count, provider.CodeChallengeMethodsSupported.Contains("S256"), provider.AuthorizationResponseIssParameterSupported);
    }, cancellationToken);

    private static async Task<Outcome<DirectoryPerson>> ReadAsync(
        OpenIdSettings settings, OpenIdConnectConfiguration provider, OpenIdTokens tokens, JsonElement claims, OpenIdHttp http, CancellationToken cancellationToken)
    {
        if (claims.Text("sub") is not { Length: <= 255 } subject) return OpenIdFaults.Untrusted(settings, "Its ID token names nobody.");
        JsonElement? more = null;
        if (new OpenIdClaims(settings, claims, null).NeedMore && !string.IsNullOrEmpty(provider.UserInfoEndpoint))
        {
            var asked = await OpenIdExchange.AskAsync(settings, provider, tokens.AccessToken, subject, http, cancellationToken);
            if (asked.Fault is { } fault) return fault;
            more = asked.Value;
        }

        return new OpenIdClaims(settings, claims, more).Read(provider.Issuer, subject);
    }

    /// <summary>Keeps a code of one provider from being redeemed at another (RFC 9207).</summary>
    private static string? IssuerComplaint(OpenIdConnectConfiguration provider, OpenIdCallback callback)
    {
        if (callback.Issuer is null) return provider.AuthorizationResponseIssParameterSupported ? "The browser came back without the name of the provider." : null;
        return callback.Issuer == provider.Issuer ? null : "The browser came back from another provider.";
    }

    private static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static async Task<Outcome<T>> AskAsync<T>(OpenIdSettings settings, Func<OpenIdHttp, Task<Outcome<T>>> question, CancellationToken cancellationToken)
    {
        if (OpenIdRules.Complaint(settings) is { } complaint) return complaint;
        using var http = new OpenIdHttp(settings);
        try
        {
            return await question(http);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && OpenIdFaults.Of(error, settings) is not null)
        {
            return OpenIdFaults.Of(error, settings)!;
        }
    }
}
