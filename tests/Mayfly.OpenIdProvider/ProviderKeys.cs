using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Mayfly.OpenIdProvider;

/// <summary>The keys of a provider.</summary>
internal sealed class ProviderKeys
{
    /// <summary>Signs tokens; published.</summary>
    public RsaSecurityKey Signing { get; } = Make();

    /// <summary>Signs tokens nobody should believe; never published.</summary>
    public RsaSecurityKey Foreign { get; } = Make();

    /// <summary>Hides codes.</summary>
    public SymmetricSecurityKey Encryption { get; } = new(RandomNumberGenerator.GetBytes(32));

    private static RsaSecurityKey Make() => new(RSA.Create(2048)) { KeyId = RandomNumberGenerator.GetHexString(16, lowercase: true) };
}
