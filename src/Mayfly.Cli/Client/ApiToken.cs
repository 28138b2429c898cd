namespace Mayfly.Cli.Client;

/// <summary>A new API token.</summary>
/// <param name="Token">The secret, shown this once.</param>
internal sealed record ApiToken(string Token);
