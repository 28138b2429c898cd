using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Mayfly.Control.Directories.OpenId;

/// <summary>What a code was exchanged for.</summary>
internal sealed record OpenIdTokens(string IdToken, string AccessToken);

/// <summary>Redeems the code at the provider, and asks it for more about the person.</summary>
internal static class OpenIdExchange
{
    /// <summary>Exchanges the code. Faults: Unauthenticated for a code that is not good any more, DirectoryRefused, DirectoryMisconfigured, DirectoryUnreachable.</summary>
    public static async Task<Outcome<OpenIdTokens>> RedeemAsync(
        OpenIdSettings settings, OpenIdConnectConfiguration provider, OpenIdAttempt attempt, string code, OpenIdHttp http, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = attempt.RedirectUri.AbsoluteUri,
            ["code_verifier"] = attempt.CodeVerifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        if (Authenticate(settings, provider, form, request) is { } fault) return fault;
        request.Content = new FormUrlEncodedContent(form);
        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.Fault is { } failed) return failed;
        var json = OpenIdHttp.Json(answer.Value.Body);
        if (answer.Value.Status != HttpStatusCode.OK)
            return OpenIdFaults.Answered(settings, json?.Text("error") ?? (answer.Value.Status == HttpStatusCode.Unauthorized ? "invalid_client" : null), json?.Text("error_description"));
        return json?.Text("id_token") is { } id && json?.Text("access_token") is { } access
            ? new OpenIdTokens(id, access)
            : OpenIdFaults.Misconfigured(settings, "Its token endpoint gives no ID token.");
    }

    /// <summary>Asks the userinfo endpoint. Faults: DirectoryUntrusted when it talks of somebody else, and those of the exchange.</summary>
    public static async Task<Outcome<JsonElement>> AskAsync(
        OpenIdSettings settings, OpenIdConnectConfiguration provider, string accessToken, string subject, OpenIdHttp http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.Fault is { } fault) return fault;
        if (answer.Value.Status != HttpStatusCode.OK || OpenIdHttp.Json(answer.Value.Body) is not { } claims)
            return OpenIdFaults.Misconfigured(settings, $"Its userinfo endpoint answers with HTTP status {(int)answer.Value.Status} and no JSON object Mayfly can use.");
        return claims.Text("sub") == subject ? claims : OpenIdFaults.Untrusted(settings, "Its userinfo endpoint talks of another person than its ID token.");
    }

    private static Fault? Authenticate(OpenIdSettings settings, OpenIdConnectConfiguration provider, Dictionary<string, string> form, HttpRequestMessage request)
    {
        var methods = provider.TokenEndpointAuthMethodsSupported;
        if (settings.ClientSecret is null)
        {
            form["client_id"] = settings.ClientId;
        }
        else if (methods.Count == 0 || methods.Contains("client_secret_basic"))
        {
            var pair = $"{WebUtility.UrlEncode(settings.ClientId)}:{WebUtility.UrlEncode(settings.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else if (methods.Contains("client_secret_post"))
        {
            form["client_id"] = settings.ClientId;
            form["client_secret"] = settings.ClientSecret;
        }
        else
        {
            return OpenIdFaults.Misconfigured(settings, "It takes a client secret neither by client_secret_basic nor by client_secret_post.");
        }

        return null;
    }
}
