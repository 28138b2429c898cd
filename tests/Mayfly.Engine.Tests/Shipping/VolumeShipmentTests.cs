using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Writable volumes that go out to a host and come home. Here is the host that has it, there is home.</summary>
public sealed class VolumeShipmentTests : ShippingTestBase
{
    private static readonly Cargo s_volume = Cargo.Volume("v1");

    // More than is verified and written at once.
    private static readonly int[] s_pages = [.. Enumerable.Range(1, 1000)];

    [Fact]
    public async Task Ship_NewVolume_IsThereForItsOwnerAlone()
    {
        var content = await Here.WriteVolumeAsync("v1", Pages(1, 0, 2));

        (await ShipAsync(s_volume)).Value.SentPages.ShouldBe(3);

        await HasVolumeAsync(content);
        File.GetUnixFileMode(There.Volumes.FileOf("v1")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Ship_Home_SendsOnlyWhatHasChanged()
    {
        await OutAsync();
        var changed = await ChangeAsync();

        var figures = (await ShipAsync(s_volume)).Value;

        figures.SentPages.ShouldBe(12);
        figures.SentBytes.ShouldBeLessThan(figures.Bytes / 20);
        await HasVolumeAsync(changed);
    }

    [Fact]
    public async Task Ship_HomeTwice_SendsNothingTheSecondTime()
    {
        await OutAsync();
        var changed = await ChangeAsync();
        await ShipAsync(s_volume);
        // What goes out again is known at home.
        (await Shipment.RunAsync(There.Sender, MakeHost().Receiver, s_volume, ShippingPurpose.Keep, null, Token)).Fault.ShouldBeNull();

        (await ShipAsync(s_volume)).Value.SentPages.ShouldBe(0);

        await HasVolumeAsync(changed);
    }

    [Fact]
    public async Task Ship_ShorterAndWithZerosNow_IsAsItWasSent()
    {
        await OutAsync();
        var content = await Here.WriteVolumeAsync("v1", Pages(1, 0, 3, 0, 0, 9000));

        (await ShipAsync(s_volume)).Value.SentPages.ShouldBe(1);

        await HasVolumeAsync(content);
    }

    [Fact]
    public async Task Ship_BreaksOff_OldOneStaysAndItGoesOn()
    {
        var old = await OutAsync();
        var content = await Here.WriteVolumeAsync("v1", Pages(s_pages.Select(seed => seed + 5000)));
        await BreakOffAsync();
        (await File.ReadAllBytesAsync(There.Volumes.FileOf("v1"), Token)).ShouldBe(old);
        There.Volumes.List().ShouldBe(["v1"]);
        var started = MakeHost(There.Data.Root);

        (await ShipAsync(s_volume, to: started.Receiver)).Value.SentPages.ShouldBeInRange(1, 800);

        await HasVolumeAsync(content);
    }

    [Fact]
    public async Task Ship_WrittenToSinceItBrokeOff_BeginsAnew()
    {
        await OutAsync();
        await Here.WriteVolumeAsync("v1", Pages(s_pages.Select(seed => seed + 5000)));
        await BreakOffAsync();
        // As long, and with as many pages.
        var content = await Here.WriteVolumeAsync("v1", Pages(s_pages.Select(seed => seed + 9000)));

        (await There.Receiver.BeginAsync(await OfferAsync(s_volume), ShippingPurpose.Keep, Token)).Value.Next.ShouldBe(ShippingStep.List);
        (await ShipAsync(s_volume)).Value.SentPages.ShouldBe(1000);

        await HasVolumeAsync(content);
    }

    [Fact]
    public async Task Offer_WrittenToWithinTheSameMoment_IsOfTheNewContent()
    {
        await Here.WriteVolumeAsync("v1", Pages(1));
        var written = File.GetLastWriteTimeUtc(Here.Volumes.FileOf("v1"));
        var offer = await OfferAsync(s_volume);
        await Here.WriteVolumeAsync("v1", Pages(2));
        File.SetLastWriteTimeUtc(Here.Volumes.FileOf("v1"), written);

        (await OfferAsync(s_volume)).Digest.ShouldNotBe(offer.Digest);
    }

    [Fact]
    public async Task Ship_WrittenToMeanwhile_LeavesTheOldOne()
    {
        var old = await OutAsync();
        await ChangeAsync();
        var offer = await OfferAsync(s_volume);
        await There.Receiver.BeginAsync(offer, ShippingPurpose.Keep, Token);
        await Here.WriteVolumeAsync("v1", Pages(s_pages.Select(seed => seed + 9000)));

        (await There.Receiver.ReadListAsync(s_volume, new MemoryStream(await ListAsync(s_volume)), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        (await File.ReadAllBytesAsync(There.Volumes.FileOf("v1"), Token)).ShouldBe(old);
    }

    [Fact]
    public async Task Ship_AttachedWhereItIs_IsVolumeInUse()
    {
        await OutAsync();
        await AttachAsync(Here);

        (await ShipAsync(s_volume)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await Here.Sender.WriteListAsync(s_volume, Stream.Null, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await Here.Sender.WritePagesAsync(s_volume, [new(0, 1)], Stream.Null, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
    }

    [Fact]
    public async Task Ship_AttachedWhereItGoes_IsVolumeInUse()
    {
        var old = await OutAsync();
        await ChangeAsync();
        var answer = await BeginAsync(s_volume);
        await There.Receiver.ReadPagesAsync(s_volume, new MemoryStream(await BatchAsync(s_volume, answer.Wanted)), Token);
        await AttachAsync(There);

        (await There.Receiver.CommitAsync(s_volume, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await ShipAsync(s_volume)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);

        (await File.ReadAllBytesAsync(There.Volumes.FileOf("v1"), Token)).ShouldBe(old);
    }

    [Fact]
    public async Task Ship_StandsOnAnotherFile_LeavesTheOldOne()
    {
        var old = await OutAsync();
        await Here.WriteVolumeAsync("v1", Pages(1), backing: true);

        (await ShipAsync(s_volume)).Fault!.Code.ShouldBe(ErrorCode.ImageHasExternalReference);

        await HasVolumeAsync(old);
    }

    [Fact]
    public async Task Ship_PagesOfAnotherVolume_AreSent()
    {
        await There.WriteVolumeAsync("v2", Pages(s_pages));
        (await Shipment.RunAsync(There.Sender, MakeHost().Receiver, Cargo.Volume("v2"), ShippingPurpose.Keep, null, Token)).Fault.ShouldBeNull();
        await Here.WriteVolumeAsync("v1", Pages(s_pages));

        (await ShipAsync(s_volume)).Value.SentPages.ShouldBe(1001);
    }

    [Fact]
    public async Task Begin_HostileOffer_IsRefused()
    {
        await Here.WriteVolumeAsync("v1", Pages(1));
        var offer = await OfferAsync(s_volume);
        ShippingOffer[] hostile =
        [
            offer with { Cargo = Cargo.Volume("../v1") }, offer with { Cargo = Cargo.Volume("") }, offer with { Cargo = Cargo.Package("v1") }, offer with { Manifest = "{}" }, offer with { Files = [] },
            offer with { Files = [offer.Files[0] with { Name = "package.squashfs" }] }, offer with { Files = [offer.Files[0], new ShippedFile("memory", 1, 1)] },
        ];
        foreach (var one in hostile)
            (await There.Receiver.BeginAsync(one, ShippingPurpose.Keep, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest, JsonSerializer.Serialize(one));

        Directory.EnumerateFileSystemEntries(There.Data.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ship_SenderOffersAnotherVolume_IsRefused()
    {
        await Here.WriteVolumeAsync("v1", Pages(1));
        await Here.WriteVolumeAsync("v2", Pages(2));

        var shipped = await Shipment.RunAsync(new Cheat(Here.Sender), There.Receiver, Cargo.Volume("v2"), ShippingPurpose.Keep, null, Token);

        shipped.Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        Directory.EnumerateFileSystemEntries(There.Data.Root).ShouldBeEmpty();
    }

    /// <summary>Offers and sends the first volume, whatever it is asked for.</summary>
    private sealed class Cheat(ICargoSender sender) : ICargoSender
    {
        public Task<Outcome<ShippingOffer>> OfferAsync(Cargo cargo, CancellationToken cancellationToken) => sender.OfferAsync(s_volume, cancellationToken);

        public Task<Outcome<Done>> WriteListAsync(Cargo cargo, Stream target, CancellationToken cancellationToken) => sender.WriteListAsync(s_volume, target, cancellationToken);

        public Task<Outcome<Done>> WritePagesAsync(Cargo cargo, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) =>
            sender.WritePagesAsync(s_volume, pages, target, cancellationToken);
    }

    private static async Task AttachAsync(ShippingHost host)
    {
        await host.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", First), null, Token);
        await host.Machines.AttachAsync("m1", new Attachments([], new VolumeAttachment("v1", VolumeKind.Profile)), Token);
    }

    /// <summary>A volume that went out from there, and is still as it was.</summary>
    private async Task<byte[]> OutAsync()
    {
        var content = await There.WriteVolumeAsync("v1", Pages(s_pages));
        (await Shipment.RunAsync(There.Sender, Here.Receiver, s_volume, ShippingPurpose.Keep, null, Token)).Fault.ShouldBeNull();
        return content;
    }

    /// <summary>Some of it is another, and there is more.</summary>
    private Task<byte[]> ChangeAsync() => Here.WriteVolumeAsync("v1", Pages([.. s_pages.Select(seed => seed % 100 == 7 ? seed + 5000 : seed), 7001, 7002]));

    /// <summary>Ships until about the half of it has come.</summary>
    private async Task BreakOffAsync()
    {
        var batch = await BatchAsync(s_volume, (await BeginAsync(s_volume)).Wanted);
        (await There.Receiver.ReadPagesAsync(s_volume, new MemoryStream(batch, 0, batch.Length / 2), Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    /// <summary>Asserts that the volume is there with this content, and nothing is left of its way.</summary>
    private async Task HasVolumeAsync(byte[] content)
    {
        (await File.ReadAllBytesAsync(There.Volumes.FileOf("v1"), Token)).AsSpan().SequenceEqual(content).ShouldBeTrue();
        There.Volumes.List().ShouldBe(["v1"]);
        Directory.EnumerateDirectories(There.Volumes.Root, ".making-*").ShouldBeEmpty();
        Staged(There).ShouldBeEmpty();
    }
}
