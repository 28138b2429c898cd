using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories;

/// <summary>What settings of an OpenID Connect provider have to be, before they are stored and before they are used.</summary>
public static class OpenIdRules
{
    /// <summary>All that is wrong with the settings as one fault (DirectoryMisconfigured), or null.</summary>
    public static Fault? Complaint(OpenIdSettings settings)
    {
        var complaints = new List<string>();
        if (settings.Name is not { Length: > 0 and <= 63 }) complaints.Add("A name has 1 to 63 characters.");
        if (settings.DisplayName is not { Length: > 0 and <= 100 }) complaints.Add("The text of the button has 1 to 100 characters.");
        if (!IsAllowed(settings.Authority, settings) || settings.Authority.Contains('?', StringComparison.Ordinal)) complaints.Add($"The authority is {(settings.RequireHttps ? "an https" : "an https or http")} address without query.");
        if (DirectoryTrust.Complaint(settings.CaCertificate) is { } untrusted) complaints.Add(untrusted);
        if (string.IsNullOrWhiteSpace(settings.ClientId)) complaints.Add("The client id is missing.");
        if (settings.ClientSecret is { Length: 0 }) complaints.Add("The client secret is empty; a public client has none at all.");
        if (settings.Scopes.Any(scope => scope.Length == 0 || scope.Any(c => c is <= ' ' or '"' or '\\' or >= '\x7f'))) complaints.Add("A scope has no blanks in it.");
        if (string.IsNullOrWhiteSpace(settings.UserClaim)) complaints.Add("The claim with the login name is missing.");
        if (settings.TimeoutSeconds is < 1 or > 60) complaints.Add("A timeout is 1 to 60 seconds.");
        return complaints.Count == 0
            ? null
            : new Fault(ErrorCode.DirectoryMisconfigured, $"The settings of the provider '{settings.Name}' cannot be used.", string.Join(' ', complaints), "Correct them.");
    }

    /// <summary>True when the settings allow to talk to this address.</summary>
    internal static bool IsAllowed(string? address, OpenIdSettings settings) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.Fragment.Length + uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !settings.RequireHttps));
}
