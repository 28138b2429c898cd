using System.Runtime.InteropServices;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Tests.Publishing;

public sealed partial class GuestMemoryTests
{
    private const int PunchHoleKeepSize = 3;
    private const int NotPermitted = 1;

    [Fact]
    public void Seal_Written_RefusesEveryChange()
    {
        using var memory = GuestMemory.Create(1 << 20);
        RandomAccess.Write(memory, "guest"u8, 0);
        GuestMemory.Seal(memory);
        GuestMemory.IsSealed(memory).ShouldBeTrue();
        Should.Throw<UnauthorizedAccessException>(() => RandomAccess.Write(memory, "other"u8, 0));
        var (punched, error) = (PunchHole(memory, PunchHoleKeepSize, 0, 4096), Marshal.GetLastPInvokeError());
        punched.ShouldBe(-1);
        error.ShouldBe(NotPermitted);
        var read = new byte[5];
        RandomAccess.Read(memory, read, 0);
        read.ShouldBe("guest"u8.ToArray());
    }

    [Fact]
    public void Create_Fresh_TakesNoSpace()
    {
        using var memory = GuestMemory.Create(1L << 30);
        RandomAccess.GetLength(memory).ShouldBe(1L << 30);
        GuestMemory.IsSealed(memory).ShouldBeFalse();
    }

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int PunchHole(SafeHandle file, int mode, long offset, long length);
}
