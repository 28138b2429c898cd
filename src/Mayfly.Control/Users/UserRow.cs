namespace Mayfly.Control.Users;

/// <summary>A user as stored: a local one, or one who has signed in through a directory.</summary>
public sealed class UserRow
{
    /// <summary><see cref="Source"/> of users with a password of Mayfly's own.</summary>
    public const string Local = "local";

    public required string Name { get; init; }

    public required string DisplayName { get; set; }

    /// <summary>Empty for a user of a directory, whose password Mayfly never has.</summary>
    public string PasswordHash { get; set; } = "";

    /// <summary><see cref="Local"/>, or the directory the user comes from.</summary>
    public string Source { get; init; } = Local;

    /// <summary>What the directory calls the user for ever, or null.</summary>
    public string? ExternalId { get; init; }

    /// <summary>False for one who may not sign in.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Base32 secret of the second factor, confirmed or not, or null.</summary>
    public string? FactorSecret { get; set; }

    /// <summary>True once a code made from the secret was given.</summary>
    public bool FactorConfirmed { get; set; }

    /// <summary>Time step of the last code used: none counts twice.</summary>
    public long FactorStep { get; set; }

    /// <summary>Hashes of the recovery codes not used yet.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    public DateTimeOffset? LastSignInAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
