using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mayfly.Control.Users;

/// <summary>Makes secrets and what is kept of them.</summary>
public static class Secrets
{
    // No letter or digit here is taken for another when read aloud or copied by hand: 31 of them, 4.95 bits each.
    private const string Readable = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A secret for programs: 256 bits, base64url.</summary>
    public static string MakeToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A password for people: four groups of five characters, 99 bits.</summary>
    public static string MakePassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Readable, 5)));

    /// <summary>An id nobody can guess or needs to: 128 bits, hexadecimal.</summary>
    public static string MakeId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What is stored of a secret that is itself random: its SHA-256, hexadecimal.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
