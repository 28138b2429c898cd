namespace Mayfly.Control.Directories.Ldap;

/// <summary>Result codes of RFC 4511 that Mayfly tells apart; others are shown by their number.</summary>
internal enum LdapResultCode
{
    Success = 0,
    OperationsError = 1,
    TimeLimitExceeded = 3,
    SizeLimitExceeded = 4,
    StrongerAuthRequired = 8,
    Referral = 10,
    AdminLimitExceeded = 11,
    ConfidentialityRequired = 13,
    ConstraintViolation = 19,
    NoSuchObject = 32,
    InvalidDnSyntax = 34,
    InappropriateAuthentication = 48,
    InvalidCredentials = 49,
    InsufficientAccessRights = 50,
    Busy = 51,
    Unavailable = 52,
    UnwillingToPerform = 53,
}

/// <summary>How a server answered a request.</summary>
/// <param name="Code">The code.</param>
/// <param name="Text">What the server says about it, made harmless to show; null when it says nothing.</param>
internal readonly record struct LdapResult(LdapResultCode Code, string? Text)
{
    /// <summary>Code and text for a person.</summary>
    public override string ToString() => $"It answers {Code} ({(int)Code}){(Text is null ? "." : $": {Text}")}";
}
