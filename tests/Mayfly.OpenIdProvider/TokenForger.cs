using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mayfly.OpenIdProvider;

/// <summary>Makes an ID token that is wrong in one way of one that is right.</summary>
internal static class TokenForger
{
    public static string Forge(string token, Misbehaviour misbehaviour, ProviderKeys keys, ProviderSettings settings)
    {
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();
        Change(claims, misbehaviour, settings);
        var credentials = misbehaviour switch
        {
            Misbehaviour.ForeignKey => new SigningCredentials(keys.Foreign, SecurityAlgorithms.RsaSha256),
            Misbehaviour.SignedWithSecret => new SigningCredentials(
                new SymmetricSecurityKey(SHA256.HashData(Encoding.UTF8.GetBytes(settings.ClientSecret!))) { KeyId = keys.Signing.KeyId }, SecurityAlgorithms.HmacSha256),
            _ => new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256),
        };
        if (misbehaviour == Misbehaviour.WithoutSignature)
            return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.";
        return new JsonWebTokenHandler().CreateToken(claims.ToJsonString(), credentials);
    }

    private static void Change(JsonObject claims, Misbehaviour misbehaviour, ProviderSettings settings)
    {
        switch (misbehaviour)
        {
            case Misbehaviour.WrongNonce: claims["nonce"] = "another nonce"; break;
            case Misbehaviour.NoNonce: claims.Remove("nonce"); break;
            case Misbehaviour.WrongAudience: claims["aud"] = "another client"; break;
            case Misbehaviour.WrongAuthorizedParty:
                claims["aud"] = new JsonArray(settings.ClientId, "another client");
                claims["azp"] = "another client";
                break;
            case Misbehaviour.Expired:
                foreach (var name in new[] { "exp", "iat", "nbf" }.Where(claims.ContainsKey)) claims[name] = claims[name]!.GetValue<long>() - 7200;
                break;
            case Misbehaviour.WrongIssuer: claims["iss"] = "https://elsewhere.test/"; break;
        }
    }
}
