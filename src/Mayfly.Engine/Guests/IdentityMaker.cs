using System.Security.Cryptography;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

/// <summary>Makes what a fork needs to become its own machine, fresh from this host's random generator.</summary>
public sealed class IdentityMaker(TimeProvider time)
{
    private const int EntropyBytes = 64;
    private const int MachineIdBytes = 16;

    /// <summary>Makes a whole identity. Call <see cref="AtNow"/> just before it is sent.</summary>
    /// <param name="hostname">One DNS label.</param>
    /// <param name="network">The network card's identity, or null without one.</param>
    /// <param name="postSync">Program to run last, or null.</param>
    public ClonePrepRequest Make(string hostname, NetworkIdentity? network, PostSyncScript? postSync)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostname);
        return new ClonePrepRequest
        {
            Entropy = RandomNumberGenerator.GetBytes(EntropyBytes),
            UtcNanoseconds = NowNanoseconds(),
            Hostname = hostname,
            MachineId = RandomNumberGenerator.GetHexString(2 * MachineIdBytes, lowercase: true),
            BootId = RandomUuid().ToString("D"),
            Network = network,
            SshHostKeys = [HostKey.Make(hostname)],
            PostSync = postSync,
        };
    }

    /// <summary>The same identity with the clock read now: keys take time to make, and the guest's clock is set to what is written here.</summary>
    public ClonePrepRequest AtNow(ClonePrepRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with { UtcNanoseconds = NowNanoseconds() };
    }

    /// <summary>A random MAC address, locally administered and of one card, with QEMU's customary 52:54:00 replaced by 46 random bits: no two machines of a large house meet.</summary>
    public static string RandomMac()
    {
        var bytes = RandomNumberGenerator.GetBytes(6);
        bytes[0] = (byte)((bytes[0] & 0b1111_1100) | 0b0000_0010);
        return string.Join(':', bytes.Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static Guid RandomUuid()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private long NowNanoseconds() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
