namespace Mayfly.OpenIdProvider;

/// <summary>What a provider can be told to do wrong.</summary>
public enum Misbehaviour
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The ID token is of another sign-in.</summary>
    WrongNonce,
    /// <summary>The ID token has no nonce.</summary>
    NoNonce,
    /// <summary>The ID token is for another client.</summary>
    WrongAudience,
    /// <summary>The ID token is for this client among others, and was given to another.</summary>
    WrongAuthorizedParty,
    /// <summary>The ID token was good an hour ago.</summary>
    Expired,
    /// <summary>The ID token has algorithm "none" and no signature.</summary>
    WithoutSignature,
    /// <summary>The ID token is signed with the client secret (HS256).</summary>
    SignedWithSecret,
    /// <summary>The ID token is signed by a key that is not published.</summary>
    ForeignKey,
    /// <summary>The ID token is of another issuer.</summary>
    WrongIssuer,
    /// <summary>Userinfo talks of somebody else.</summary>
    OtherSubject,
    /// <summary>The token endpoint does not answer.</summary>
    Silent,
    /// <summary>The token endpoint answers without end.</summary>
    Huge,
    /// <summary>The token endpoint answers with an error page.</summary>
    ErrorPage,
    /// <summary>The token endpoint answers with an error that has markup in it.</summary>
    ErrorWithMarkup,
    /// <summary>The token endpoint leads elsewhere.</summary>
    Redirect,
}
