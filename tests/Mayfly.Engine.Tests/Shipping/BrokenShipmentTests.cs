using Mayfly.Contracts;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Shipments that break off and go on, and what is left of those that do not.</summary>
public sealed class BrokenShipmentTests : ShippingTestBase
{
    // More than is verified and written at once.
    private static readonly byte[] s_disk = Pages(Enumerable.Range(1, 1000));

    [Fact]
    public async Task ReadPages_BreaksOff_KeepsWhatCame()
    {
        await Here.MakeAsync(First, s_disk);

        await BreakOffAsync();

        var again = (await There.Receiver.BeginAsync(await OfferAsync(First), ShippingPurpose.Fork, Token)).Value;
        again.PagesLeft.ShouldBeInRange(1, 800);
        (await ShipAsync(First)).Value.SentPages.ShouldBe(again.PagesLeft);
        await HasAsync(There, First, s_disk);
    }

    [Fact]
    public async Task Ship_ReceiverStartedAgain_GoesOn()
    {
        await Here.MakeAsync(First, s_disk);
        await BreakOffAsync();
        var started = MakeHost(There.Data.Root);

        var figures = (await ShipAsync(First, to: started.Receiver)).Value;

        figures.SentPages.ShouldBeInRange(1, 800);
        await HasAsync(started, First, s_disk);
    }

    [Fact]
    public async Task Ship_StagedPagesWereDamagedMeanwhile_SendsThemAgain()
    {
        await Here.MakeAsync(First, s_disk);
        await BreakOffAsync();
        var staged = Path.Combine(Staged(There)[0], "files", "disk.raw");
        await using (var file = File.OpenWrite(staged))
            await file.WriteAsync(Pages(5000), Token);
        var started = MakeHost(There.Data.Root);

        (await ShipAsync(First, to: started.Receiver)).Fault.ShouldBeNull();

        await HasAsync(started, First, s_disk);
    }

    [Fact]
    public async Task Begin_OtherOfferOfThatVersion_BeginsAnew()
    {
        var golden = await Here.MakeAsync(First, s_disk);
        await BreakOffAsync();
        await File.WriteAllBytesAsync(golden.PathOf("vmlinuz"), Pages(7, 8), Token);

        (await There.Receiver.BeginAsync(await OfferAsync(First), ShippingPurpose.Fork, Token)).Value.Next.ShouldBe(ShippingStep.List);

        Staged(There).ShouldHaveSingleItem();
        (await ShipAsync(First)).Fault.ShouldBeNull();
        await HasAsync(There, First, s_disk);
    }

    [Fact]
    public async Task Abandon_HalfOfIt_LeavesNothing()
    {
        await Here.MakeAsync(First, s_disk);
        await BreakOffAsync();

        (await There.Receiver.AbandonAsync(Cargo.Golden(First), Token)).Fault.ShouldBeNull();

        Staged(There).ShouldBeEmpty();
        (await There.Receiver.ReadPagesAsync(Cargo.Golden(First), Stream.Null, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await There.Receiver.AbandonAsync(default, Token)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task RemoveLeftovers_ADayLater_RemovesThem()
    {
        await Here.MakeAsync(First, s_disk);
        await BreakOffAsync();
        Staging.RemoveLeftovers(There.Data, TimeProvider.System);
        Staged(There).ShouldHaveSingleItem();
        foreach (var entry in new DirectoryInfo(There.Data.Shipping).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
            entry.LastWriteTimeUtc -= TimeSpan.FromHours(25);

        Staging.RemoveLeftovers(There.Data, TimeProvider.System);

        Staged(There).ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_WhileAnotherWorks_IsBusy()
    {
        await Here.MakeAsync(First, s_disk);
        var answer = await BeginAsync(First);
        var pipe = new System.IO.Pipelines.Pipe();
        var reading = There.Receiver.ReadPagesAsync(Cargo.Golden(First), pipe.Reader.AsStream(), Token);

        (await There.Receiver.CommitAsync(Cargo.Golden(First), Token)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        (await There.Receiver.AbandonAsync(Cargo.Golden(First), Token)).Fault!.Code.ShouldBe(ErrorCode.Busy);

        await pipe.Writer.WriteAsync(await BatchAsync(First, answer.Wanted), Token);
        await pipe.Writer.CompleteAsync();
        (await reading).Value.Next.ShouldBe(ShippingStep.Commit);
    }

    [Fact]
    public async Task Enter_MorePagesThanAreHeld_ForgetsTheOneThatWaitsLongest()
    {
        await Here.MakeAsync(First, s_disk);
        var offer = new CheckedOffer(await OfferAsync(First));
        var arrivals = new Arrivals(mostPages: 5000);
        Wait("a");
        Wait("b");
        Wait("a");
        Wait("c", pages: 3000);

        Arrival("b").ShouldBeNull();
        Arrival("a").ShouldNotBeNull();
        Arrival("c").ShouldNotBeNull();
        using (arrivals.Enter(Cargo.Volume("c")).Value)
            arrivals.Enter(Cargo.Volume("d"), pages: 3000).Fault!.Code.ShouldBe(ErrorCode.Busy);
        arrivals.Enter(Cargo.Volume("d"), pages: 3000).Fault.ShouldBeNull();

        void Wait(string id, long pages = 1500)
        {
            using var turn = arrivals.Enter(Cargo.Volume(id), pages).Value;
            turn.Arrival = new Arrival(offer, new Staging(There.Data, Cargo.Volume(id)), new LocalPages(new CargoStores([])));
        }

        Arrival? Arrival(string id)
        {
            using var turn = arrivals.Enter(Cargo.Volume(id)).Value;
            return turn.Arrival;
        }
    }

    /// <summary>Ships until about the half of it has come.</summary>
    private async Task BreakOffAsync()
    {
        var batch = await BatchAsync(First, (await BeginAsync(First)).Wanted);
        var half = new MemoryStream(batch, 0, batch.Length / 2);

        (await There.Receiver.ReadPagesAsync(Cargo.Golden(First), half, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        (await There.Images.FindAsync(First.Name, null, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }
}
