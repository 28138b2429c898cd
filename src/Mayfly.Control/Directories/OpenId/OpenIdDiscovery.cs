using System.Collections.Concurrent;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Mayfly.Control.Directories.OpenId;

/// <summary>What providers say of themselves, with their keys, kept for an hour.</summary>
internal sealed class OpenIdDiscovery(TimeProvider time)
{
    private const int MostKept = 32;
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (OpenIdConnectConfiguration Found, DateTimeOffset At)> _kept = new(StringComparer.Ordinal);

    /// <summary>The provider's document and keys. Faults: DirectoryUnreachable, DirectoryUntrusted, DirectoryMisconfigured.</summary>
    /// <param name="settings">The provider.</param>
    /// <param name="http">Requests to it.</param>
    /// <param name="anew">True asks again, as after a signature by a key that is not known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Outcome<OpenIdConnectConfiguration>> GetAsync(OpenIdSettings settings, OpenIdHttp http, bool anew, CancellationToken cancellationToken)
    {
        var key = $"{settings.Authority}\n{settings.RequireHttps}\n{settings.CaCertificate}";
        if (!anew && _kept.TryGetValue(key, out var kept) && time.GetUtcNow() - kept.At < Freshness) return kept.Found;
        var found = await ReadAsync(settings, http, cancellationToken);
        if (found.Fault is not null) return found;
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[key] = (found.Value, time.GetUtcNow());
        return found;
    }

    private static async Task<Outcome<OpenIdConnectConfiguration>> ReadAsync(OpenIdSettings settings, OpenIdHttp http, CancellationToken cancellationToken)
    {
        try
        {
            var address = $"{settings.Authority.TrimEnd('/')}/.well-known/openid-configuration";
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(address, http, cancellationToken);
            return Complaint(found, settings) is { } why ? OpenIdFaults.Misconfigured(settings, why) : found;
        }
        catch (Exception error) when (Inner<OpenIdDocumentException>(error) is { } document)
        {
            return document.Fault;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return OpenIdFaults.Misconfigured(settings, "Its discovery document cannot be read.");
        }
    }

    private static string? Complaint(OpenIdConnectConfiguration found, OpenIdSettings settings)
    {
        if (found.Issuer?.TrimEnd('/') != settings.Authority.TrimEnd('/')) return $"It calls itself '{ShownText.From(found.Issuer)}'; the authority has to be exactly that.";
        if (!OpenIdRules.IsAllowed(found.AuthorizationEndpoint, settings)) return "It has no authorization endpoint that may be used.";
        if (!OpenIdRules.IsAllowed(found.TokenEndpoint, settings)) return "It has no token endpoint that may be used.";
        return found.SigningKeys.Count == 0 ? "It publishes no keys to check signatures with." : null;
    }

    private static T? Inner<T>(Exception? error)
        where T : Exception => error is null ? null : error as T ?? Inner<T>(error.InnerException);
}
