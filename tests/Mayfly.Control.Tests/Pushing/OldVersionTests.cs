using Mayfly.Contracts.Api;
using Mayfly.Control.Pushing;
using Mayfly.Engine;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pushing;

/// <summary>What becomes of warm images that pools have moved away from.</summary>
public sealed class OldVersionTests : PushTestBase
{
    private static readonly ImageVersion V1 = new("micro", "v1");

    [Fact]
    public async Task Versions_MoreThanAreKept_AreUnpublishedOldestFirst()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 1);
        await PushToAsync(house, "v2");
        await house.LookedAtAsync("p");
        Host.Machines.ShouldAllBe(m => m.Image.Version == "v2");
        Images.Unpublished.ShouldBeEmpty();
        await PushToAsync(house, "v3");
        await GoneAsync(V1);
        (await house.PoolAsync()).KeptVersions.ShouldBe(["v2"]);
        Images.IsPublished("v2").ShouldBeTrue();
    }

    [Fact]
    public async Task Version_StillUsedByAnotherPool_StaysPublished()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 0);
        await house.AddPoolAsync(new CreatePoolRequest { Name = "q", Image = "micro", Version = "v1", Spare = 0, Maximum = 1 });
        await PushToAsync(house, "v2");
        await house.LookedAtAsync("p");
        Images.Unpublished.ShouldBeEmpty();
        await house.Pools.DeleteAsync("q", force: false, "test", default);
        await GoneAsync(V1);
    }

    [Fact]
    public async Task Version_OfAMachineHeldBack_StaysPublishedUntilItGoes()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 0);
        (await house.Get<Control.Machines.MachineHolding>().HoldAsync("p-1", "test", default)).Fault.ShouldBeNull();
        await PushToAsync(house, "v2");
        await house.LookedAtAsync("p");
        Images.Unpublished.ShouldBeEmpty();
        (await house.Machines.DeleteAsync("p-1", "test", default)).Fault.ShouldBeNull();
        await GoneAsync(V1);
    }

    [Fact]
    public async Task Version_OfACanary_StaysPublishedUntilItIsCancelled()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 0);
        (await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", ["p-1"]), "test", default)).Fault.ShouldBeNull();
        await house.MachineHoldsAsync("p-1", m => m.Version == "v2", "the canary is there");
        Images.Unpublished.ShouldBeEmpty();
        (await house.Get<CanaryDesk>().CancelAsync("p", "test", default)).Fault.ShouldBeNull();
        await GoneAsync(new ImageVersion("micro", "v2"));
        Images.IsPublished("v1").ShouldBeTrue();
    }

    [Fact]
    public async Task Pool_Deleted_ReleasesWhatItKept()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 3);
        await PushToAsync(house, "v2");
        (await house.Pools.DeleteAsync("p", force: false, "test", default)).Fault.ShouldBeNull();
        await GoneAsync(V1);
    }

    [Fact]
    public async Task Push_CancelledWithNothingKept_ReleasesTheVersionItMovedTo()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 0, "ann");
        var session = await house.OpenAsync("ann");
        await BeginAsync(house);
        await StateAsync(house, PushState.Rolling);
        (await house.Get<PushDesk>().CancelAsync("p", "test", default)).Fault.ShouldBeNull();
        await GoneAsync(new ImageVersion("micro", "v2"));
        await house.LogOffAsync(session);
        Images.IsPublished("v1").ShouldBeTrue();
    }

    [Fact]
    public async Task KeepFewer_Settings_ReleasesTheOthers()
    {
        await using var house = await StartAsync();
        await MakeAsync(house, kept: 1);
        await PushToAsync(house, "v2");
        await house.ChangeAsync("p", settings => settings with { KeepVersions = 0 });
        await GoneAsync(V1);
        (await house.PoolAsync()).KeptVersions.ShouldBeEmpty();
    }

    private async Task MakeAsync(House house, int kept, params string[] users)
    {
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 2, Maximum = 4, KeepVersions = kept }, users);
        Images.Add("v2", published: true);
        Images.Add("v3", published: true);
        await house.AvailableAsync("p", 2);
    }

    private static async Task PushToAsync(House house, string version)
    {
        await BeginAsync(house, new PushImageRequest { Version = version });
        await StateAsync(house, PushState.Completed);
    }

    private Task GoneAsync(ImageVersion image) => Eventually.HoldsAsync(() => Task.FromResult(Images.Unpublished.Contains(image)), $"{image} is unpublished");
}
