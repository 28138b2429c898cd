using System.Security.Authentication;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.OpenId;

/// <summary>What can go wrong with an OpenID Connect provider, as faults.</summary>
internal static class OpenIdFaults
{
    /// <summary>What a request threw, or null when it is a bug.</summary>
    public static Fault? Of(Exception error, OpenIdSettings settings) => error switch
    {
        OperationCanceledException => Unreachable(settings, "It did not answer in time."),
        HttpRequestException { InnerException: AuthenticationException inner } => new Fault(
            ErrorCode.DirectoryUntrusted, $"The provider '{settings.Name}' could not prove who it is.", ShownText.From(inner.Message),
            "Give the CA certificate that vouches for it, and an authority whose host name is in its certificate."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Unreachable(settings, "It answers with more than Mayfly reads."),
        HttpRequestException or IOException => Unreachable(settings, ShownText.From(error.Message)),
        _ => null,
    };

    public static Fault Unreachable(OpenIdSettings settings, string? why) => new(
        ErrorCode.DirectoryUnreachable, $"The provider '{settings.Name}' cannot be talked to.", why, "See whether it runs and is reached from this host.");

    public static Fault Misconfigured(OpenIdSettings settings, string why, string remedy = "Compare the settings here with those at the provider.") => new(
        ErrorCode.DirectoryMisconfigured, $"The settings do not suit the provider '{settings.Name}'.", why, remedy);

    /// <summary>What the provider vouches for does not hold.</summary>
    public static Fault Untrusted(OpenIdSettings settings, string? why) => new(
        ErrorCode.DirectoryUntrusted, $"What the provider '{settings.Name}' says of this person cannot be believed.", why, "Sign in again. If it happens again, have the provider looked at.");

    /// <summary>The browser brings something that belongs to no attempt of its own.</summary>
    public static Fault Stale(string why) => new(ErrorCode.Unauthenticated, "This sign-in is not one that was begun here.", why, "Begin again on the sign-in page.");

    /// <summary>The provider says no, in the words of RFC 6749.</summary>
    public static Fault Answered(OpenIdSettings settings, string? error, string? description)
    {
        var said = new string([.. (error ?? "").Where(c => char.IsAsciiLetterLower(c) || c == '_').Take(60)]);
        var why = string.Join(": ", new[] { said.Length == 0 ? "unknown error" : said, ShownText.From(description) }.Where(part => part is not null));
        return said switch
        {
            "access_denied" or "login_required" or "interaction_required" or "consent_required" or "account_selection_required" or "invalid_grant" =>
                new Fault(ErrorCode.Unauthenticated, $"The provider '{settings.Name}' did not sign this person in.", why, "Begin again on the sign-in page."),
            "invalid_client" or "unauthorized_client" =>
                new Fault(ErrorCode.DirectoryRefused, $"The provider '{settings.Name}' refuses Mayfly itself.", why, "Check client id and client secret."),
            "temporarily_unavailable" or "server_error" => Unreachable(settings, why),
            _ => Misconfigured(settings, why),
        };
    }
}
