using System.Runtime.InteropServices;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Preparing;

/// <summary>The kernel's random generator. Writing to the device alone would not make it use the bytes at once.</summary>
internal static unsafe class KernelEntropy
{
    /// <summary>Fewest bytes taken; the kernel's generator has a 256-bit key.</summary>
    internal const int MinBytes = 32;
    private const int MaxBytes = 512;
    private const nuint AddEntropy = 0x40085203;
    private const nuint Reseed = 0x5207;

    /// <summary>Adds the bytes, credited in full, and has the generator take a new key from them.</summary>
    internal static void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < MinBytes or > MaxBytes)
            throw new ArgumentException($"{bytes.Length} bytes of entropy were sent, {MinBytes} to {MaxBytes} are needed");
        var device = SystemCallException.Check(Libc.Open("/dev/urandom", ReadWrite | CloseOnExec, 0), "open /dev/urandom");
        // struct rand_pool_info: entropy in bits, size in bytes, then the bytes.
        var information = stackalloc byte[(2 * sizeof(int)) + MaxBytes];
        try
        {
            ((int*)information)[0] = bytes.Length * 8;
            ((int*)information)[1] = bytes.Length;
            bytes.CopyTo(new Span<byte>(information + (2 * sizeof(int)), MaxBytes));
            SystemCallException.Check(Libc.Ioctl(device, AddEntropy, information), "RNDADDENTROPY");
            SystemCallException.Check(Libc.Ioctl(device, Reseed, null), "RNDRESEEDCRNG");
        }
        finally
        {
            NativeMemory.Clear(information, (2 * sizeof(int)) + MaxBytes);
            _ = Libc.Close(device);
        }
    }
}
