namespace Mayfly.Contracts.Api;

/// <summary>Signs in; the answer sets the session cookie.</summary>
/// <param name="User">User name.</param>
/// <param name="Password">Password.</param>
/// <param name="Code">Code of the second factor or a recovery code, when SecondFactorRequired was answered before.</param>
/// <param name="Directory">Directory to ask, or null: local users first, then each directory that takes passwords.</param>
public sealed record LoginRequest(string User, string Password, string? Code = null, string? Directory = null);

/// <summary>Ways to sign in, for the sign-in page.</summary>
/// <param name="Directories">Directories that take passwords.</param>
/// <param name="Providers">OpenID Connect providers.</param>
/// <param name="Text">What the house says on its sign-in page, or null.</param>
public sealed record SignInWays(IReadOnlyList<SignInWay> Directories, IReadOnlyList<SignInWay> Providers, string? Text);

/// <summary>One way to sign in.</summary>
/// <param name="Name">Name of the directory or provider.</param>
/// <param name="DisplayName">What the page says.</param>
public sealed record SignInWay(string Name, string DisplayName);

/// <summary>Who the caller is and what they may do.</summary>
/// <param name="Name">Login name.</param>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Source">"local" or the directory the user comes from; "host" for the administrator at the host itself.</param>
/// <param name="Permissions">What the caller may do beyond using their own desktops.</param>
/// <param name="SecondFactor">True when a second factor is asked for at sign-in.</param>
/// <param name="SecondFactorDue">True when the house wants one of this user and none is set up: all but setting it up is refused.</param>
public sealed record MeView(
    string Name, string DisplayName, string Source, IReadOnlyList<PermissionView> Permissions, bool SecondFactor, bool SecondFactorDue);

/// <summary>A user.</summary>
/// <param name="Name">Login name.</param>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Administrator">True for an administrator of the whole house, by a role of their own or of a group.</param>
public sealed record UserView(string Name, string DisplayName, bool Administrator)
{
    /// <summary>"local", or the directory the user comes from.</summary>
    public string Source { get; init; } = "local";

    /// <summary>False for one who may not sign in.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>True when a second factor is asked for at sign-in.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>Groups the user is in.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Last sign-in, or null.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Until when sign-in is paused after wrong passwords, or null.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
}

/// <summary>Adds a local user.</summary>
/// <param name="Name">Login name: 1 to 63 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="DisplayName">Name shown; the login name when null.</param>
/// <param name="Password">At least 8 characters; null makes one up and returns it once.</param>
/// <param name="Administrator">True gives the role of administrator over the whole house.</param>
public sealed record AddUserRequest(string Name, string? DisplayName = null, string? Password = null, bool Administrator = false);

/// <summary>A user was added.</summary>
/// <param name="User">The user.</param>
/// <param name="GeneratedPassword">The made-up password, shown this once, or null.</param>
public sealed record UserAdded(UserView User, string? GeneratedPassword);

/// <summary>Changes a user; what is null stays as it is. One that is disabled loses sign-ins, tokens' use and open displays at once.</summary>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Enabled">Whether the user may sign in.</param>
public sealed record ChangeUserRequest(string? DisplayName = null, bool? Enabled = null);

/// <summary>Sets a local user's password.</summary>
/// <param name="Password">At least 8 characters; null makes one up.</param>
public sealed record SetPasswordRequest(string? Password = null);

/// <summary>A password was set.</summary>
/// <param name="GeneratedPassword">The made-up password, shown this once, or null.</param>
public sealed record PasswordSet(string? GeneratedPassword);

/// <summary>Changes the caller's own password; all other sign-ins of theirs end.</summary>
/// <param name="Current">Present password.</param>
/// <param name="Password">New one, at least 8 characters.</param>
public sealed record ChangePasswordRequest(string Current, string Password);

/// <summary>A group of users.</summary>
/// <param name="Name">Name: as user names.</param>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Members">How many users are in it.</param>
/// <param name="Directory">Directory that says who is in it, or null for a local group.</param>
/// <param name="ExternalName">Its name there - a distinguished name, a common name, or a claim's value - or null.</param>
public sealed record GroupView(string Name, string DisplayName, int Members, string? Directory, string? ExternalName);

/// <summary>Adds a group.</summary>
/// <param name="Name">Name: 1 to 63 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="DisplayName">Name shown; the name when null.</param>
/// <param name="Directory">Directory whose group it stands for, or null for a local group.</param>
/// <param name="ExternalName">The group's name there; needed with a directory.</param>
public sealed record AddGroupRequest(string Name, string? DisplayName = null, string? Directory = null, string? ExternalName = null);

/// <summary>An API token; the token itself is never shown again.</summary>
/// <param name="Id">Id to revoke it by.</param>
/// <param name="User">Whom it stands for.</param>
/// <param name="Label">What it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends, or null.</param>
/// <param name="LastUsedAt">When it was last used, to five minutes, or null.</param>
public sealed record ApiTokenView(string Id, string User, string Label, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>Asks for an API token.</summary>
/// <param name="User">Whom it stands for; null for the caller.</param>
/// <param name="Label">What it is for, for people.</param>
/// <param name="Days">Days it is good, 1 to 3650; null for ever.</param>
public sealed record MakeTokenRequest(string? User = null, string Label = "token", int? Days = null);

/// <summary>An API token was made.</summary>
/// <param name="Token">The token, shown this once: send it as "Authorization: Bearer".</param>
/// <param name="View">What is kept of it.</param>
public sealed record MadeToken(string Token, ApiTokenView View);

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Id to end it by.</param>
/// <param name="User">Whose.</param>
/// <param name="Address">Address it came from.</param>
/// <param name="Client">What the browser calls itself, shortened.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastSeenAt">When it was last used, to five minutes.</param>
/// <param name="Current">True for the one that asks.</param>
public sealed record SignInView(string Id, string User, string? Address, string? Client, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current);

/// <summary>What a second factor is set up with. It counts once a code made from it was confirmed.</summary>
/// <param name="Secret">Base32 secret, to type in.</param>
/// <param name="Uri">otpauth address.</param>
/// <param name="QrSvg">The same as a QR code, an SVG picture.</param>
public sealed record SecondFactorSetup(string Secret, string Uri, string QrSvg);

/// <summary>A code of the second factor.</summary>
/// <param name="Code">Six digits, or a recovery code where one is accepted.</param>
public sealed record SecondFactorCode(string Code);

/// <summary>Codes that each stand in for the second factor once.</summary>
/// <param name="Codes">Ten codes, shown this once.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);
