using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Mayfly.Control.Directories.OpenId;

/// <summary>Checks ID tokens: signature by a key of the provider, algorithm, issuer, audience, azp, times, nonce, at_hash, subject.</summary>
internal sealed class OpenIdTokenCheck(TimeProvider time)
{
    private const int LongestToken = 64 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Signatures by key pairs only. With a shared secret whoever knows the client secret could make tokens; with "none" anybody could.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken };
    private readonly OpenIdConnectProtocolValidator _protocol = new() { RequireTimeStampInNonce = false, RequireState = false, RequireStateValidation = false };

    /// <summary>The claims of a good token. Faults: DirectoryUntrusted.</summary>
    /// <param name="tokens">What the code was exchanged for.</param>
    /// <param name="settings">The provider's settings.</param>
    /// <param name="provider">Gives its document; asked for a fresh one when the token's key is not in the one at hand.</param>
    /// <param name="nonce">Nonce of the attempt.</param>
    public async Task<Outcome<JsonElement>> CheckAsync(
        OpenIdTokens tokens, OpenIdSettings settings, Func<bool, Task<Outcome<OpenIdConnectConfiguration>>> provider, string nonce)
    {
        if (Parse(tokens.IdToken) is not { } token) return OpenIdFaults.Untrusted(settings, "Its ID token cannot be read.");
        if (!Algorithms.Contains(token.Alg, StringComparer.Ordinal)) return OpenIdFaults.Untrusted(settings, "Its ID token is signed by an algorithm that is not allowed.");
        var found = await provider(false);
        // A provider may change its keys at any time; only the new ones are asked for, the token is not believed for it.
        if (found.Fault is null && !Publishes(found.Value, token)) found = await provider(true);
        if (found.Fault is { } fault) return fault;
        if (!string.IsNullOrEmpty(token.Kid) && !Publishes(found.Value, token)) return OpenIdFaults.Untrusted(settings, "Its ID token is signed by a key that it does not publish.");
        var result = await _handler.ValidateTokenAsync(tokens.IdToken, Rules(settings, found.Value));
        if (!result.IsValid) return OpenIdFaults.Untrusted(settings, Reason(result.Exception));
        if (ProtocolComplaint(tokens, settings, nonce) is { } why) return OpenIdFaults.Untrusted(settings, why);
        var claims = OpenIdHttp.Json(Base64UrlEncoder.Decode(((JsonWebToken)result.SecurityToken).EncodedPayload));
        return claims is { } read ? read : OpenIdFaults.Untrusted(settings, "Its ID token cannot be read.");
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception error) when (error is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static bool Publishes(OpenIdConnectConfiguration provider, JsonWebToken token) => provider.SigningKeys.Any(key => key.KeyId == token.Kid);

    private static string Reason(Exception? error) => error switch
    {
        SecurityTokenInvalidIssuerException => "Its ID token is of another issuer.",
        SecurityTokenInvalidAudienceException => "Its ID token is for another client.",
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException =>
            "Its ID token is not valid at this time; see whether the clocks are right.",
        SecurityTokenSignatureKeyNotFoundException => "No key that it publishes made the signature of its ID token.",
        SecurityTokenInvalidSignatureException => "The signature of its ID token does not hold.",
        _ => "Its ID token does not hold.",
    };

    /// <summary>What OpenID Connect asks for beyond what every JWT has.</summary>
    private string? ProtocolComplaint(OpenIdTokens tokens, OpenIdSettings settings, string nonce)
    {
        try
        {
            _protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = settings.ClientId,
                Nonce = nonce,
                ValidatedIdToken = new JwtSecurityToken(tokens.IdToken),
                ProtocolMessage = new OpenIdConnectMessage { IdToken = tokens.IdToken, AccessToken = tokens.AccessToken },
            });
            return null;
        }
        catch (OpenIdConnectProtocolInvalidNonceException)
        {
            return "Its ID token is not for this sign-in.";
        }
        catch (OpenIdConnectProtocolException)
        {
            return "Its ID token lacks what OpenID Connect asks for, or is for another client.";
        }
    }

    private TokenValidationParameters Rules(OpenIdSettings settings, OpenIdConnectConfiguration provider) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = settings.ClientId,
        IssuerSigningKeys = provider.SigningKeys,
        ValidAlgorithms = Algorithms,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => until + Skew > time.GetUtcNow() && (from is null || from - Skew < time.GetUtcNow()),
    };
}
