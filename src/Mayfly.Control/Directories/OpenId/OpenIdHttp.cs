using System.Net;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.IdentityModel.Protocols;

namespace Mayfly.Control.Directories.OpenId;

/// <summary>
/// Requests to a provider: no redirects, no cookies, answers of at most 1 MiB, a deadline for each, and only to addresses the settings
/// allow. One for each sign-in: what one person's requests leave behind is nobody else's.
/// </summary>
internal sealed class OpenIdHttp : IDocumentRetriever, IDisposable
{
    private const int LargestAnswer = 1 << 20;

    private readonly OpenIdSettings _settings;
    private readonly HttpClient _client;

    public OpenIdHttp(OpenIdSettings settings)
    {
        _settings = settings;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 64,
            SslOptions = DirectoryTrust.Rules(settings.CaCertificate),
        };
        _client = new HttpClient(handler) { MaxResponseContentBufferSize = LargestAnswer, Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds) };
        _client.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    /// <summary>Sends a request and reads all of its answer. Faults: DirectoryMisconfigured for an address that is not allowed, or leads elsewhere.</summary>
    public async Task<Outcome<(HttpStatusCode Status, string Body)>> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri?.OriginalString;
        if (!OpenIdRules.IsAllowed(address, _settings)) return OpenIdFaults.Misconfigured(_settings, $"The address '{ShownText.From(address)}' is not one that may be talked to.");
        using var response = await _client.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode is >= 300 and < 400) return OpenIdFaults.Misconfigured(_settings, $"'{ShownText.From(address)}' leads elsewhere, and Mayfly does not follow.");
        if ((int)response.StatusCode >= 500) return OpenIdFaults.Unreachable(_settings, $"It answers with HTTP status {(int)response.StatusCode}.");
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Reads a document for the discovery of the provider.</summary>
    /// <exception cref="OpenIdDocumentException">It cannot be had.</exception>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendAsync(request, cancel);
        if (answer.Fault is { } fault) throw new OpenIdDocumentException(fault);
        if (answer.Value.Status == HttpStatusCode.OK) return answer.Value.Body;
        throw new OpenIdDocumentException(OpenIdFaults.Misconfigured(_settings, $"'{ShownText.From(address)}' answers with HTTP status {(int)answer.Value.Status}."));
    }

    /// <summary>The text as a JSON object, or null.</summary>
    public static JsonElement? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

/// <summary>Carries a fault through the library that asks for documents.</summary>
internal sealed class OpenIdDocumentException(Fault fault) : Exception(fault.ToString())
{
    /// <summary>Why the document cannot be had.</summary>
    public Fault Fault { get; } = fault;
}
