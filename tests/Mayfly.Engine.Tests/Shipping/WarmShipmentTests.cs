using System.Runtime.InteropServices;
using Mayfly.Contracts;
using Mayfly.Engine.Publishing;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Warm images that are kept without being forked. Those that are forked need real machines, and are elsewhere.</summary>
public sealed class WarmShipmentTests : ShippingTestBase
{
    private static readonly byte[] s_disk = Pages(Enumerable.Range(1, 40));

    // What a guest has read from its disk is in its memory.
    private static readonly byte[] s_memory = [.. Pages(100, 0, 101), .. Pages(Enumerable.Range(1, 30)), .. new byte[(64 << 20) - (33 * Page)]];

    [Fact]
    public async Task Ship_WarmImage_TakesTheCacheOfItsDiskFromTheDisk()
    {
        await Here.PublishAsync(await Here.MakeAsync(First, s_disk), s_memory);
        await ShipAsync(First);

        // Two pages of memory, the device state, one disk: the other is the same.
        (await ShipWarmAsync()).Value.SentPages.ShouldBe(4);

        var files = WarmFiles.Of(There.Data, First);
        (await File.ReadAllBytesAsync(files.Memory, Token)).AsSpan().SequenceEqual(s_memory).ShouldBeTrue();
        (await File.ReadAllTextAsync(files.Manifest, Token)).ShouldBe(await File.ReadAllTextAsync(WarmFiles.Of(Here.Data, First).Manifest, Token));
        Staged(There).ShouldBeEmpty();
        (await ShipWarmAsync()).Value.SentBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Ship_WithoutItsGoldenImage_IsNotFound()
    {
        await Here.PublishAsync(await Here.MakeAsync(First, s_disk), s_memory);

        (await ShipWarmAsync()).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Ship_AnotherOneIsThere_IsRefused()
    {
        await Here.PublishAsync(await Here.MakeAsync(First, s_disk), s_memory);
        await There.PublishAsync(await There.MakeAsync(First, s_disk), new byte[64 << 20]);

        (await ShipWarmAsync()).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
    }

    [Theory]
    [InlineData("sha256\": \"", "sha256\": \"0")]
    [InlineData("baseDiskSha256\": \"", "baseDiskSha256\": \"0")]
    public async Task Ship_NotWhatItsManifestSays_LeavesNothing(string good, string bad)
    {
        await Here.PublishAsync(await Here.MakeAsync(First, s_disk), s_memory);
        await ShipAsync(First);
        await ChangeManifestAsync(good, bad);

        (await ShipWarmAsync()).Fault!.Code.ShouldBe(ErrorCode.WarmImageCorrupt);

        Staged(There).ShouldBeEmpty();
        Directory.Exists(WarmFiles.Of(There.Data, First).Directory).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"memoryMib\": 64", "\"memoryMib\": 65")]
    [InlineData("\"length\": 3", "\"length\": 4")]
    [InlineData("pc-q35-7.2", "pc-q35-7.2,firmware=/etc/passwd")]
    [InlineData("Nehalem,+rdrand", "Nehalem")]
    [InlineData("\"tcg\"", "\"xen\"")]
    [InlineData("\"cpus\": 1", "\"cpus\": 0")]
    public async Task Begin_HardwareThatMayflyDoesNotMake_IsRefused(string good, string bad)
    {
        await Here.PublishAsync(await Here.MakeAsync(First, s_disk), s_memory);
        await ShipAsync(First);
        await ChangeManifestAsync(good, bad);

        (await ShipWarmAsync()).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        Staged(There).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadList_MemoryInMoreBlocksThanAnnounced_IsRefused()
    {
        await Here.PublishAsync(await Here.MakeAsync(First, s_disk), s_memory);
        await ShipAsync(First);
        var offer = await OfferAsync(Cargo.Warm(First));
        var list = await ListAsync(Cargo.Warm(First));
        // The second span of memory, so far that another block is filled.
        MemoryMarshal.Write(list.AsSpan(4 + 16), new PageSpan(10_010, 0, 31));
        var digest = (await PageListFormat.ReadAsync(offer.Files, new MemoryStream(list), Token)).Digest();
        (await There.Receiver.BeginAsync(offer with { Digest = digest }, ShippingPurpose.Keep, Token)).Fault.ShouldBeNull();

        (await There.Receiver.ReadListAsync(Cargo.Warm(First), new MemoryStream(list), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    private Task<Outcome<ShipmentFigures>> ShipWarmAsync() => ShipAsync(Cargo.Warm(First), ShippingPurpose.Keep);

    private async Task ChangeManifestAsync(string good, string bad)
    {
        var path = WarmFiles.Of(Here.Data, First).Manifest;
        var text = (await File.ReadAllTextAsync(path, Token)).Replace("\\u002B", "+", StringComparison.Ordinal);
        text.ShouldContain(good);
        await File.WriteAllTextAsync(path, text.Replace(good, bad, StringComparison.Ordinal), Token);
    }
}
