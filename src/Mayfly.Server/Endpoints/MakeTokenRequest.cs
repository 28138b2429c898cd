namespace Mayfly.Server.Endpoints;

/// <summary>Asks for an API token.</summary>
/// <param name="User">Whom it stands for.</param>
/// <param name="Label">What it is for, for people.</param>
internal sealed record MakeTokenRequest(string User, string Label = "token");

/// <summary>An API token was made.</summary>
/// <param name="Token">The token, shown this once: send it as "Authorization: Bearer".</param>
internal sealed record MadeToken(string Token);
