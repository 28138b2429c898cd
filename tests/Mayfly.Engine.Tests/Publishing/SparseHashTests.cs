using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Tests.Publishing;

public sealed class SparseHashTests
{
    private const long Length = 10L << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_SparseAndWrittenOutZeros_AreEqual()
    {
        using var sparse = Sample();
        using var full = new TemporaryFile();
        RandomAccess.Write(full.Handle, new byte[Length], 0);
        RandomAccess.Write(full.Handle, "hello"u8, 5_000_000);
        var first = await SparseHash.OfAsync(sparse.Path, Token);
        (await SparseHash.OfAsync(full.Path, Token)).ShouldBe(first);
        first.StoredBytes.ShouldBe(64 * 1024);
        first.Length.ShouldBe(Length);
    }

    [Theory]
    [InlineData(5_000_000)]
    [InlineData(0)]
    [InlineData(Length - 1)]
    public async Task Of_OneByteChanged_Differs(long offset)
    {
        using var file = Sample();
        var before = await SparseHash.OfAsync(file.Path, Token);
        RandomAccess.Write(file.Handle, [0x5a], offset);
        (await SparseHash.OfAsync(file.Path, Token)).Sha256.ShouldNotBe(before.Sha256);
    }

    [Fact]
    public async Task Of_BlockMoved_Differs()
    {
        using var file = Sample();
        using var moved = new TemporaryFile();
        RandomAccess.SetLength(moved.Handle, Length);
        RandomAccess.Write(moved.Handle, "hello"u8, 5_000_000 + (64 * 1024));
        (await SparseHash.OfAsync(moved.Path, Token)).Sha256.ShouldNotBe((await SparseHash.OfAsync(file.Path, Token)).Sha256);
    }

    [Fact]
    public async Task Of_Truncated_Differs()
    {
        using var file = Sample();
        var before = await SparseHash.OfAsync(file.Path, Token);
        RandomAccess.SetLength(file.Handle, Length - 1);
        (await SparseHash.OfAsync(file.Path, Token)).ShouldNotBe(before);
    }

    [Fact]
    public async Task Copy_IntoGuestMemory_KeepsBytesAndHash()
    {
        using var file = Sample();
        using var memory = GuestMemory.Create(Length);
        var copied = await SparseHash.CopyAsync(file.Handle, memory, Length, Token);
        copied.ShouldBe(await SparseHash.OfAsync(file.Path, Token));
        var read = new byte[5];
        RandomAccess.Read(memory, read, 5_000_000);
        read.ShouldBe("hello"u8.ToArray());
    }

    private static TemporaryFile Sample()
    {
        var file = new TemporaryFile();
        RandomAccess.SetLength(file.Handle, Length);
        RandomAccess.Write(file.Handle, "hello"u8, 5_000_000);
        return file;
    }
}
