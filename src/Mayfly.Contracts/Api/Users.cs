namespace Mayfly.Contracts.Api;

/// <summary>Signs in; the answer sets the session cookie.</summary>
/// <param name="User">User name.</param>
/// <param name="Password">Password.</param>
public sealed record LoginRequest(string User, string Password);

/// <summary>A local user.</summary>
/// <param name="Name">Login name.</param>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Administrator">True for an administrator of the house.</param>
public sealed record UserView(string Name, string DisplayName, bool Administrator);

/// <summary>Adds a user.</summary>
/// <param name="Name">Login name: 1 to 63 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="DisplayName">Name shown; the login name when null.</param>
/// <param name="Password">At least 8 characters; null makes one up and returns it once.</param>
/// <param name="Administrator">True for an administrator.</param>
public sealed record AddUserRequest(string Name, string? DisplayName = null, string? Password = null, bool Administrator = false);

/// <summary>A user was added.</summary>
/// <param name="User">The user.</param>
/// <param name="GeneratedPassword">The made-up password, shown this once, or null.</param>
public sealed record UserAdded(UserView User, string? GeneratedPassword);
