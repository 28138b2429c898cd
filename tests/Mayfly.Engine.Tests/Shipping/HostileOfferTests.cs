using Mayfly.Contracts;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Offers that lead elsewhere, ask for too much or do not fit together: refused, with nothing written.</summary>
public sealed class HostileOfferTests : ShippingTestBase
{
    private static readonly Dictionary<string, Func<ShippingOffer, ShippingOffer>> s_changes = new()
    {
        ["no image"] = offer => offer with { Cargo = default },
        ["an image that leads out"] = offer => offer with { Cargo = Cargo.Golden(new ImageVersion("../desk", First.Version)) },
        ["a version that leads out"] = offer => offer with { Cargo = Cargo.Golden(new ImageVersion("desk", "../../secret")) },
        ["no manifest"] = offer => offer with { Manifest = null! },
        ["a manifest that is none"] = offer => offer with { Manifest = "{]" },
        ["an empty manifest"] = offer => offer with { Manifest = "null" },
        ["a huge manifest"] = offer => offer with { Manifest = offer.Manifest + new string(' ', 1 << 20) },
        ["a manifest of a file that leads out"] = offer => offer with { Manifest = offer.Manifest.Replace("disk.raw", "../disk.raw", StringComparison.Ordinal) },
        ["a manifest of the same file twice"] = offer => Rename(offer with { Manifest = offer.Manifest.Replace("initrd\"", "vmlinuz\"", StringComparison.Ordinal) }, 2, "vmlinuz"),
        ["no files"] = offer => offer with { Files = null! },
        ["no file"] = offer => offer with { Files = [null!, .. offer.Files.Skip(1)] },
        ["a file less"] = offer => offer with { Files = [.. offer.Files.Skip(1)] },
        ["a file more"] = offer => offer with { Files = [.. offer.Files, new ShippedFile("layer-1.qcow2", 1, 1)] },
        ["many files"] = offer => offer with { Files = [.. Enumerable.Repeat(offer.Files[0], 100_000)] },
        ["a file without a name"] = offer => Rename(offer, 0, null!),
        ["a file that leads out"] = offer => Rename(offer, 0, "../disk.raw"),
        ["a file at the root"] = offer => Rename(offer, 0, "/etc/passwd"),
        ["its own manifest for a file"] = offer => Rename(offer, 0, "image.json"),
        ["a kept list for a file"] = offer => Rename(offer, 0, "pages.list"),
        ["a negative length"] = offer => Change(offer, file => file with { Length = -1, Pages = 0 }),
        ["an endless length"] = offer => Change(offer, file => file with { Length = long.MaxValue }),
        ["negative pages"] = offer => Change(offer, file => file with { Pages = -1 }),
        ["more pages than its length"] = offer => Change(offer, file => file with { Pages = 3 }),
        ["more pages than can be"] = offer => Change(offer, file => file with { Length = 1L << 40, Pages = PageList.MostPages + 1 }),
        ["no digest"] = offer => offer with { Digest = null! },
        ["a digest that is none"] = offer => offer with { Digest = "../secret" },
        ["no kind"] = offer => offer with { Cargo = offer.Cargo with { Kind = (CargoKind)7 } },
        ["a warm image's name"] = offer => offer with { Cargo = offer.Cargo with { Kind = CargoKind.Warm } },
        ["a package's name"] = offer => offer with { Cargo = Cargo.Package("p1") },
        ["a volume's name"] = offer => offer with { Cargo = Cargo.Volume("v1") },
        ["a volume with a version"] = offer => offer with { Cargo = offer.Cargo with { Kind = CargoKind.Volume } },
    };

    public static TheoryData<string> Changes => [.. s_changes.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Begin_HostileOffer_IsRefused(string change)
    {
        await Here.MakeAsync(First, Pages(1, 2));
        var offer = s_changes[change](await OfferAsync(First));

        var fault = (await There.Receiver.BeginAsync(offer, ShippingPurpose.Fork, Token)).Fault!;

        fault.Code.ShouldBeOneOf(ErrorCode.InvalidRequest, ErrorCode.ImageFormatUnsupported, ErrorCode.WarmImageCorrupt);
        Directory.EnumerateFileSystemEntries(There.Data.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Begin_MoreThanTheDiskHolds_IsHostDiskLow()
    {
        await Here.MakeAsync(First, Pages(1, 2));
        var full = MakeHost(diskReserve: new DriveInfo(There.Data.Root).AvailableFreeSpace + (1L << 40));

        (await full.Receiver.BeginAsync(await OfferAsync(First), ShippingPurpose.Fork, Token)).Fault!.Code.ShouldBe(ErrorCode.HostDiskLow);

        Staged(full).ShouldBeEmpty();
    }

    [Fact]
    public async Task WritePages_ThatAreNot_IsRefused()
    {
        await Here.MakeAsync(First, Pages(1, 2));
        PageRange[] wrong = [new(-1, 1), new(0, 0), new(0, -1), new(0, 4), new(3, 1), new(int.MaxValue, int.MaxValue)];
        foreach (var range in wrong)
            (await Here.Sender.WritePagesAsync(Cargo.Golden(First), [range], Stream.Null, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest, $"{range}");
        (await Here.Sender.WritePagesAsync(Cargo.Golden(First), [new(0, 3), new(0, 3)], Stream.Null, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    private static ShippingOffer Rename(ShippingOffer offer, int file, string name) =>
        offer with { Files = [.. offer.Files.Select((known, index) => index == file ? known with { Name = name } : known)] };

    private static ShippingOffer Change(ShippingOffer offer, Func<ShippedFile, ShippedFile> change) => offer with { Files = [change(offer.Files[0]), .. offer.Files.Skip(1)] };
}
