using System.Diagnostics;
using System.Text.Json.Nodes;
using Mayfly.Engine.Shipping;

namespace Mayfly.VmTests;

/// <summary>Images that are published on one host and forked on another.</summary>
public sealed class ShippingTests(Micro micro) : SideTest(micro), IDisposable
{
    private readonly TemporaryDirectory _elsewhere = new();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task Ship_PublishedImage_IsForkedThereAtOnce()
    {
        await using var other = await StartElsewhereAsync();

        await ShipAsync(Engine, other, Cargo.Golden(Image));
        await ShipAsync(Engine, other, Cargo.Warm(Image));

        other.Runtime.WarmImages.Loaded(Image).ShouldNotBeNull();
        var clone = await other.ForkAsync(Image);
        (await other.RunAsync(clone, "hostname")).ShouldBe(clone.Hostname);
        (await other.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Value.ShouldBe(Image);
        (await ShipAsync(Engine, other, Cargo.Warm(Image))).SentBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Ship_ImageOfARunningMachine_IsForkedThereWithAllThatIsInIt()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        await using var other = await StartElsewhereAsync();
        await ShipAsync(engine, other, Cargo.Golden(Image));
        await ShipAsync(engine, other, Cargo.Warm(Image));
        var source = await engine.ForkAsync(Image);
        await engine.RunAsync(source, "echo before >/data/mark; sync");
        var image = (await engine.Images.PublishMachineAsync(source.MachineId, "class", new Progress<StepProgress>(), Token)).Value;

        var golden = await ShipAsync(engine, other, Cargo.Golden(image));
        var warm = await ShipAsync(engine, other, Cargo.Warm(image));

        (golden.SentBytes + warm.SentBytes).ShouldBeLessThan((golden.Bytes + warm.Bytes) / 4);
        (await other.RunAsync(await other.ForkAsync(image), "cat /data/mark")).ShouldBe("before");
    }

    [Fact]
    public async Task Ship_WarmImageOfAnotherHost_IsRefusedBeforeItIsSent_OrKeptAndShippedOn()
    {
        var data = MakeData();
        var warm = data.OwnCopy("warm.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(warm, Token))!;
        manifest["qemuVersion"] = "99.1.0";
        await File.WriteAllTextAsync(warm, manifest.ToJsonString(), Token);
        await using var engine = await data.StartAsync();
        await using var other = await StartElsewhereAsync();
        await ShipAsync(engine, other, Cargo.Golden(Image));

        var refused = await Shipment.RunAsync(engine.Sender, other.Receiver, Cargo.Warm(Image), ShippingPurpose.Fork, null, Token);

        refused.Fault!.Code.ShouldBe(ErrorCode.WarmImageForeign);
        Directory.Exists(Path.Combine(_elsewhere.Root, "shipping")).ShouldBeTrue();
        Directory.EnumerateDirectories(Path.Combine(_elsewhere.Root, "shipping")).ShouldBeEmpty();
        await ShipAsync(engine, other, Cargo.Warm(Image), ShippingPurpose.Keep);
        (await other.TryForkAsync(Image)).Fault!.Code.ShouldBe(ErrorCode.WarmImageForeign);
        (await other.Sender.OfferAsync(Cargo.Warm(Image), Token)).Value.Pages().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Ship_DiskIsFullMeanwhile_IsHostDiskLow_AndGoesOnOnceThereIsRoom()
    {
        using var disk = SmallDiskOrSkip(64);
        var options = Micro.Options(disk.Root);
        options.DiskReserveBytes = 0;
        await using var other = await RunningEngine.StartAsync(options);
        var offer = (await Engine.Sender.OfferAsync(Cargo.Golden(Image), Token)).Value;
        (await other.Receiver.BeginAsync(offer, ShippingPurpose.Fork, Token)).Value.Next.ShouldBe(ShippingStep.List);
        using var list = new MemoryStream();
        await Engine.Sender.WriteListAsync(Cargo.Golden(Image), list, Token);
        list.Position = 0;
        var answer = (await other.Receiver.ReadListAsync(Cargo.Golden(Image), list, Token)).Value;
        using var pages = new MemoryStream();
        await Engine.Sender.WritePagesAsync(Cargo.Golden(Image), answer.Wanted, pages, Token);
        pages.Position = 0;
        disk.FillUpTo(4 << 20);

        (await other.Receiver.ReadPagesAsync(Cargo.Golden(Image), pages, Token)).Fault!.Code.ShouldBe(ErrorCode.HostDiskLow);
        (await other.Receiver.BeginAsync(offer, ShippingPurpose.Fork, Token)).Fault!.Code.ShouldBe(ErrorCode.HostDiskLow);

        disk.Empty();
        (await ShipAsync(Engine, other, Cargo.Golden(Image))).SentPages.ShouldBeLessThan(answer.PagesLeft);
    }

    private Task<RunningEngine> StartElsewhereAsync() => RunningEngine.StartAsync(Micro.Options(_elsewhere.Root));

    private static async Task<ShipmentFigures> ShipAsync(
        RunningEngine from, RunningEngine to, Cargo cargo, ShippingPurpose purpose = ShippingPurpose.Fork)
    {
        var started = Stopwatch.GetTimestamp();
        var shipped = await Shipment.RunAsync(from.Sender, to.Receiver, cargo, purpose, null, Token);
        shipped.Fault.ShouldBeNull();
        TestContext.Current.TestOutputHelper!.WriteLine($"{cargo}: {shipped.Value}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        return shipped.Value;
    }
}
