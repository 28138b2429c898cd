using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>
/// VNC authentication (RFB 3.8, 7.2.2): the viewer encrypts a challenge with its password as a DES key. It proves that the viewer has the
/// password and protects nothing else; that is why a password here is good once and for a minute.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "The protocol has no other cipher; the password is used once.")]
internal static class VncPassword
{
    /// <summary>Letters of a password: more do not count.</summary>
    public const int Length = 8;

    /// <summary>Bytes of a challenge and of the answer to it.</summary>
    public const int ChallengeBytes = 16;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>A new password of 48 random bits.</summary>
    public static string Make()
    {
        while (true)
        {
            var password = RandomNumberGenerator.GetString(Letters, Length);
            // A handful are no keys that DES takes.
            if (!DES.IsWeakKey(KeyOf(password)) && !DES.IsSemiWeakKey(KeyOf(password))) return password;
        }
    }

    /// <summary>What a viewer with this password answers.</summary>
    public static byte[] Answer(string password, ReadOnlySpan<byte> challenge)
    {
        using var cipher = DES.Create();
        cipher.Key = KeyOf(password);
        return cipher.EncryptEcb(challenge, PaddingMode.None);
    }

    private static byte[] KeyOf(string password)
    {
        var key = new byte[Length];
        // VNC takes the bits of each letter in reverse.
        for (var i = 0; i < Math.Min(password.Length, Length); i++) key[i] = Reverse((byte)password[i]);
        return key;
    }

    private static byte Reverse(byte bits)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++) reversed |= ((bits >> bit) & 1) << (7 - bit);
        return (byte)reversed;
    }
}
