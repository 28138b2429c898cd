using System.IO.Compression;
using System.Runtime.InteropServices;
using Mayfly.Contracts;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Lists and pages that are not what was announced.</summary>
public sealed class HostileContentTests : ShippingTestBase
{
    private static readonly byte[] s_disk = Pages(1, 2, 0, 3);

    private static readonly Dictionary<string, Func<byte[], byte[]>> s_lists = new()
    {
        ["nothing"] = _ => [],
        ["a list cut short"] = list => list[..^1],
        ["a byte more"] = list => [.. list, 0],
        ["no spans"] = list => [0, 0, 0, 0, .. list[4..]],
        ["negative spans"] = list => [255, 255, 255, 255, .. list[4..]],
        ["a span of another file"] = list => Span(list, 0, new PageSpan(0, 9, 2)),
        ["a span of a negative file"] = list => Span(list, 0, new PageSpan(0, -1, 2)),
        ["a span beyond the end"] = list => Span(list, 0, new PageSpan(3, 0, 2)),
        ["a span far beyond the end"] = list => Span(list, 0, new PageSpan(long.MaxValue, 0, 2)),
        ["a span before the beginning"] = list => Span(list, 0, new PageSpan(-1, 0, 2)),
        ["an empty span"] = list => Span(list, 0, new PageSpan(0, 0, 0)),
        ["spans that overlap"] = list => Span(list, 1, new PageSpan(1, 0, 1)),
        ["spans out of order"] = list => Span(list, 0, new PageSpan(2, 0, 2)),
        ["another hash"] = list => [.. list[..^1], (byte)(list[^1] ^ 1)],
        ["a page elsewhere"] = list => Span(list, 1, new PageSpan(2, 0, 1)),
        ["fewer pages than announced"] = list => Span(list, 0, new PageSpan(0, 0, 1)),
    };

    public static TheoryData<string> Lists => [.. s_lists.Keys];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task ReadList_Hostile_IsRefused(string change)
    {
        await Here.MakeAsync(First, s_disk);
        (await There.Receiver.BeginAsync(await OfferAsync(First), ShippingPurpose.Fork, Token)).Fault.ShouldBeNull();
        var list = s_lists[change](await ListAsync(First));

        (await There.Receiver.ReadListAsync(Cargo.Golden(First), new MemoryStream(list), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        (await ShipAsync(First)).Fault.ShouldBeNull();
        await HasAsync(There, First, s_disk);
    }

    [Fact]
    public async Task ReadPages_Hostile_IsRefused()
    {
        await Here.MakeAsync(First, s_disk);
        var wanted = (await BeginAsync(First)).Wanted;
        var right = Pages(1, 2, 3).Concat(Kernel()).ToArray();
        byte[][] wrong =
        [
            [], [1, 2, 3], await BatchAsync(First, [new(1, 1), new(0, 1), new(2, 2)]), Packed(Pages(1, 2, 4)), Packed(right[..^1]), Packed([.. right, 0]), Packed(new byte[1 << 28]),
        ];
        foreach (var batch in wrong)
            (await There.Receiver.ReadPagesAsync(Cargo.Golden(First), new MemoryStream(batch), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        (await There.Receiver.ReadPagesAsync(Cargo.Golden(First), new MemoryStream(Packed(right)), Token)).Value.Next.ShouldBe(ShippingStep.Commit);
        (await There.Receiver.CommitAsync(Cargo.Golden(First), Token)).Fault.ShouldBeNull();
        await HasAsync(There, First, s_disk);
        wanted.Sum(range => range.Count).ShouldBe(4);
    }

    [Fact]
    public async Task Commit_BeforeAllHasCome_IsRefusedAndGoesOn()
    {
        await Here.MakeAsync(First, s_disk);
        (await There.Receiver.CommitAsync(Cargo.Golden(First), Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        await There.Receiver.BeginAsync(await OfferAsync(First), ShippingPurpose.Fork, Token);
        (await There.Receiver.ReadPagesAsync(Cargo.Golden(First), Stream.Null, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await There.Receiver.CommitAsync(Cargo.Golden(First), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        await There.Receiver.ReadListAsync(Cargo.Golden(First), new MemoryStream(await ListAsync(First)), Token);
        (await There.Receiver.CommitAsync(Cargo.Golden(First), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        (await ShipAsync(First)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Commit_DiskIsNotTheOneOfTheManifest_LeavesNothing()
    {
        await Here.MakeAsync(First, s_disk, sha256: new string('a', 64));

        (await ShipAsync(First)).Fault!.Code.ShouldBe(ErrorCode.ImageFormatUnsupported);

        await LeftNothingAsync();
    }

    [Fact]
    public async Task Commit_DiskStandsOnAnotherFile_LeavesNothing()
    {
        await Here.MakeAsync(First, ShippingHost.Qcow2(backing: true), format: "qcow2");

        (await ShipAsync(First)).Fault!.Code.ShouldBe(ErrorCode.ImageHasExternalReference);

        await LeftNothingAsync();
    }

    private async Task LeftNothingAsync()
    {
        Staged(There).ShouldBeEmpty();
        (await There.Images.ListAsync(Token)).ShouldSatisfyAllConditions(all => all.Images.ShouldBeEmpty(), all => all.Faults.ShouldBeEmpty());
    }

    private static byte[] Kernel() => [1, 2, 3, .. new byte[Page - 3]];

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(content);
        return packed.ToArray();
    }

    private static byte[] Span(byte[] list, int number, PageSpan span)
    {
        MemoryMarshal.Write(list.AsSpan(4 + (16 * number)), span);
        return list;
    }
}
