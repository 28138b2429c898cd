using Mayfly.Contracts.Api;

namespace Mayfly.Control.Sessions;

/// <summary>Where a display of a session is opened from.</summary>
/// <param name="Address">Address of the client, or null.</param>
/// <param name="Client">What it is opened with.</param>
/// <param name="SignInId">Sign-in it is opened under; its use counts as use of the sign-in. Null for an API token.</param>
/// <param name="AskedAt">When leave to open it was asked for, a timestamp of the monotonic clock.</param>
public sealed record DisplayOrigin(string? Address, SessionClient Client, string? SignInId, long AskedAt);
