using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

/// <summary>Makes SSH host keys: ECDSA P-256, the private key in SEC 1 PEM, which OpenSSH reads.</summary>
internal static class HostKey
{
    private const string Kind = "ecdsa-sha2-nistp256";
    private const string Curve = "nistp256";
    private const byte UncompressedPoint = 4;

    /// <summary>Makes one key pair for /etc/ssh.</summary>
    internal static SshHostKey Make(string hostname)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] uncompressed = [UncompressedPoint, .. point.X!, .. point.Y!];
        byte[] blob = [.. Field(Encoding.ASCII.GetBytes(Kind)), .. Field(Encoding.ASCII.GetBytes(Curve)), .. Field(uncompressed)];
        return new SshHostKey("ssh_host_ecdsa_key", key.ExportECPrivateKeyPem() + "\n", $"{Kind} {Convert.ToBase64String(blob)} root@{hostname}");
    }

    private static byte[] Field(byte[] content)
    {
        var field = new byte[sizeof(uint) + content.Length];
        BinaryPrimitives.WriteUInt32BigEndian(field, (uint)content.Length);
        content.CopyTo(field, sizeof(uint));
        return field;
    }
}
