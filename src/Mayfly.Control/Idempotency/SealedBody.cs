using System.Security.Cryptography;
using System.Text;

namespace Mayfly.Control.Idempotency;

/// <summary>Encrypts an answer with the idempotency key of its request: whoever has the database alone can not read it.</summary>
internal static class SealedBody
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("mayfly idempotency answer");

    /// <summary>Nonce, tag and encrypted bytes.</summary>
    /// <param name="plain">What is encrypted.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="row">Id of the row it belongs to; opens nowhere else.</param>
    public static byte[] Seal(byte[] plain, string key, string row)
    {
        var stored = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = stored.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(KeyOf(key, row), TagBytes);
        cipher.Encrypt(nonce, plain, stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(row));
        return stored;
    }

    /// <summary>The bytes again.</summary>
    /// <exception cref="CryptographicException">They are not what was sealed.</exception>
    public static byte[] Open(byte[] stored, string key, string row)
    {
        var plain = new byte[stored.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(KeyOf(key, row), TagBytes);
        cipher.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(row));
        return plain;
    }

    private static byte[] KeyOf(string key, string row) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), KeyBytes, Encoding.UTF8.GetBytes(row), Purpose);
}
