using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Golden images that arrive whole, and of which only that is sent which is not there.</summary>
public sealed class GoldenShipmentTests : ShippingTestBase
{
    [Fact]
    public async Task Ship_NewImage_IsThereAsIfMadeThere()
    {
        var disk = Pages(1, 0, 0, 2, 3, 0);
        var made = await Here.MakeAsync(First, disk, kernel: [.. Pages(9), 7, 7]);

        var figures = (await ShipAsync(First)).Value;

        figures.SentPages.ShouldBe(5);
        await HasAsync(There, First, disk);
        var golden = (await There.Images.FindAsync(First.Name, null, Token)).Value;
        (golden.Manifest with { Disk = made.Manifest.Disk }).ShouldBe(made.Manifest);
        (await File.ReadAllBytesAsync(golden.PathOf("vmlinuz"), Token)).ShouldBe([.. Pages(9), 7, 7]);
        new FileInfo(golden.PathOf("initrd")).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Ship_PagesThatAreAlike_AreSentOnce()
    {
        var disk = Pages(1, 2, 1, 1, 0, 2);
        await Here.MakeAsync(First, disk, kernel: Pages(2, 1));

        (await ShipAsync(First)).Value.SentPages.ShouldBe(2);

        await HasAsync(There, First, disk);
    }

    [Fact]
    public async Task Ship_SecondVersion_SendsWhatIsNew()
    {
        await Here.MakeAsync(First, Pages(Enumerable.Range(1, 600)));
        await ShipAsync(First);
        // All has moved by a page, and some is new.
        var disk = Pages([.. Enumerable.Range(1000, 1), .. Enumerable.Range(1, 300), .. Enumerable.Range(2000, 20), .. Enumerable.Range(301, 300)]);
        await Here.MakeAsync(Second, disk);

        (await ShipAsync(Second)).Value.SentPages.ShouldBe(21);

        await HasAsync(There, Second, disk);
    }

    [Fact]
    public async Task Ship_ImageOfAnotherName_SendsWhatIsNew()
    {
        await Here.MakeAsync(First, Pages(Enumerable.Range(1, 50)));
        await ShipAsync(First);
        var other = new ImageVersion("classroom", "000000000003");
        await Here.MakeAsync(other, Pages(Enumerable.Range(40, 20)));

        (await ShipAsync(other)).Value.SentPages.ShouldBe(9);
    }

    [Fact]
    public async Task Ship_PagesHereHaveChangedSinceTheyWereListed_SendsThem()
    {
        await Here.MakeAsync(First, Pages(1, 2, 3));
        await ShipAsync(First);
        var damaged = (await There.Images.FindAsync(First.Name, null, Token)).Value.PathOf("disk.raw");
        var written = File.GetLastWriteTimeUtc(damaged);
        await File.WriteAllBytesAsync(damaged, Pages(1, 8, 3), Token);
        File.SetLastWriteTimeUtc(damaged, written);
        await Here.MakeAsync(Second, Pages(1, 2, 3, 4));

        (await ShipAsync(Second)).Fault.ShouldBeNull();

        await HasAsync(There, Second, Pages(1, 2, 3, 4));
    }

    [Fact]
    public async Task Ship_WhatIsThere_SendsNothing()
    {
        await Here.MakeAsync(First, Pages(1, 2));
        await ShipAsync(First);

        (await ShipAsync(First)).Value.SentBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Ship_AnotherImageOfThatVersionIsThere_IsRefused()
    {
        await Here.MakeAsync(First, Pages(1, 2));
        await There.MakeAsync(First, Pages(1, 3));

        (await ShipAsync(First)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
    }

    [Fact]
    public async Task Ship_MoreThanABatch_ArrivesWhole()
    {
        // Every second page is of the first version: more ranges than one answer holds.
        await Here.MakeAsync(First, Pages(Enumerable.Range(1, 3000)));
        await ShipAsync(First);
        var disk = Pages(Enumerable.Range(1, 6000).Select(seed => seed % 2 == 0 ? seed / 2 : 10_000 + seed));
        await Here.MakeAsync(Second, disk);

        (await ShipAsync(Second)).Value.SentPages.ShouldBe(3000);

        await HasAsync(There, Second, disk);
    }

    [Fact]
    public async Task Ship_Twice_ReadsTheFilesOnce()
    {
        var golden = await Here.MakeAsync(First, Pages(1, 2));
        await ShipAsync(First);
        var list = new FileInfo(Path.Combine(golden.Directory, KeptLists.Name)).LastWriteTimeUtc;
        await ShipAsync(First, to: MakeHost().Receiver);

        new FileInfo(Path.Combine(golden.Directory, KeptLists.Name)).LastWriteTimeUtc.ShouldBe(list);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task Ship_KeptListIsDamaged_IsMadeAnew(int place)
    {
        var golden = await Here.MakeAsync(First, Pages(1, 2));
        await ShipAsync(First);
        var path = Path.Combine(golden.Directory, KeptLists.Name);
        var content = await File.ReadAllBytesAsync(path, Token);
        content[place < 0 ? ^1 : place] ^= 1;
        await File.WriteAllBytesAsync(path, content, Token);
        var other = MakeHost();

        (await ShipAsync(First, to: other.Receiver)).Fault.ShouldBeNull();

        await HasAsync(other, First, Pages(1, 2));
    }

    [Fact]
    public async Task Offer_FileHasChanged_IsOfTheNewOne()
    {
        var golden = await Here.MakeAsync(First, Pages(1, 2));
        (await OfferAsync(First)).Files[0].Pages.ShouldBe(2);
        await File.WriteAllBytesAsync(golden.PathOf("disk.raw"), Pages(1, 2, 3), Token);

        (await OfferAsync(First)).Files[0].Pages.ShouldBe(3);
    }

    [Fact]
    public async Task Offer_AsJson_ComesBackAsItWas()
    {
        await Here.MakeAsync(First, Pages(1, 2));
        var offer = await OfferAsync(First);
        var answer = await BeginAsync(First);

        var back = JsonSerializer.Deserialize<ShippingOffer>(JsonSerializer.Serialize(offer, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
        (await There.Receiver.BeginAsync(back, ShippingPurpose.Fork, Token)).Value.Wanted.ShouldBe(answer.Wanted);
        JsonSerializer.Deserialize<ShippingAnswer>(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!.Wanted.ShouldBe(answer.Wanted);
    }

    [Fact]
    public async Task Offer_NoSuchImage_IsNotFound()
    {
        (await Here.Sender.OfferAsync(Cargo.Golden(First), Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await Here.Sender.OfferAsync(default, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        await Here.MakeAsync(First, Pages(1));
        (await Here.Sender.OfferAsync(Cargo.Warm(First), Token)).Fault!.Code.ShouldBe(ErrorCode.ImageNotPublished);
    }
}
