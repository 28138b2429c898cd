namespace Mayfly.Control.Directories;

/// <summary>The query the browser comes back with; null for what is not in it.</summary>
/// <param name="Code">Code to redeem.</param>
/// <param name="State">State of the attempt.</param>
/// <param name="Issuer">The provider's name for itself ("iss", RFC 9207).</param>
/// <param name="Error">Error code of the provider.</param>
/// <param name="ErrorDescription">What it says about it.</param>
public sealed record OpenIdCallback(string? Code, string? State, string? Issuer = null, string? Error = null, string? ErrorDescription = null);
