using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.OpenId;

/// <summary>Reads a person from claims. Those of the ID token go before those of the userinfo endpoint.</summary>
internal sealed class OpenIdClaims(OpenIdSettings settings, JsonElement token, JsonElement? more)
{
    private const int MostGroups = 1000;
    private const int LongestGroup = 512;

    /// <summary>True when the ID token alone does not say what is needed.</summary>
    public bool NeedMore => token.Text(settings.UserClaim) is null || (settings.GroupsClaim is { } groups && !token.TryGetProperty(groups, out _));

    /// <summary>The person. Faults: DirectoryMisconfigured.</summary>
    public Outcome<DirectoryPerson> Read(string issuer, string subject)
    {
        var name = DirectoryNames.UserName(Text(settings.UserClaim), $"claim {settings.UserClaim}");
        if (name.Fault is { } fault) return fault;
        var groups = ReadGroups();
        if (groups.Fault is { } failed) return failed;
        return new DirectoryPerson($"{issuer}|{subject}", name.Value, DirectoryNames.DisplayName(Text(settings.DisplayNameClaim), name.Value),
            DirectoryNames.Mail(Text("email")), groups.Value, Disabled: false);
    }

    private string? Text(string claim) => token.Text(claim) ?? more?.Text(claim);

    private Outcome<IReadOnlyList<DirectoryGroup>> ReadGroups()
    {
        if (settings.GroupsClaim is not { } claim) return Array.Empty<DirectoryGroup>();
        if (!token.TryGetProperty(claim, out var value) && !(more is { } other && other.TryGetProperty(claim, out value)))
        {
            // Some providers leave groups out when there are many, and say where to ask: as good as none, which nobody must be taken to have.
            return token.TryGetProperty("_claim_names", out var elsewhere) && elsewhere.ValueKind == JsonValueKind.Object && elsewhere.TryGetProperty(claim, out _)
                ? OpenIdFaults.Misconfigured(settings, $"It gives the claim '{claim}' elsewhere than in its tokens.", "Have the provider put only the groups in it that matter here.")
                : Array.Empty<DirectoryGroup>();
        }

        var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        if (names.Count > MostGroups || names.Any(name => name.ValueKind != JsonValueKind.String || name.GetString()!.Length > LongestGroup))
            return OpenIdFaults.Misconfigured(settings, $"The claim '{claim}' is no list of at most {MostGroups} names.");
        return names.Select(name => name.GetString()!).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(name => new DirectoryGroup(name, name)).ToArray();
    }
}

/// <summary>Reading claims.</summary>
internal static class ClaimReading
{
    /// <summary>A claim as text, or null when it is missing, empty or something else.</summary>
    public static string? Text(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
