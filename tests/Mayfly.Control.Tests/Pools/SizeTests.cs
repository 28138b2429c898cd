using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pools;

public sealed class SizeTests : HouseTestBase
{
    [Fact]
    public async Task Minimum_WithoutSpares_IsThereInUseOrNot()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Spare = 0, Minimum = 3, Maximum = 5 }, "ann");
        await house.AvailableAsync("p", 3);
        await house.OpenAsync("ann");
        await house.LookedAtAsync("p");
        (await house.PoolAsync()).ShouldSatisfyAllConditions(p => p.Available.ShouldBe(2), p => p.Total.ShouldBe(3));
    }

    [Fact]
    public async Task Spare_MachineLent_IsFilledUpToTheMaximum()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 2, 3, "ann", "ben");
        await house.AvailableAsync("p", 2);
        await house.OpenAsync("ann");
        await house.AvailableAsync("p", 2);
        await house.OpenAsync("ben");
        await house.LookedAtAsync("p");
        (await house.PoolAsync()).Total.ShouldBe(3);
    }

    [Fact]
    public async Task SpareZero_LoginGivenUp_LeavesNoMachine()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 2, "ann");
        var making = new TaskCompletionSource<Contracts.Fault?>();
        Host.OnProvision = (_, _) => making.Task;
        using var given = new CancellationTokenSource();
        var opening = house.Broker.OpenAsync("ann", "p", given.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Provisioned.IsEmpty), "it is being made");
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(opening);
        making.SetResult(null);
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Destroyed.Count == 1 && Host.Machines.Count == 0), "the machine nobody needs is gone");
    }

    [Fact]
    public async Task UpFront_Pool_HasAllAlways()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Sizing = PoolSizing.UpFront, Maximum = 4 }, "ann");
        await house.AvailableAsync("p", 4);
        var session = await house.OpenAsync("ann");
        (await house.PoolAsync()).Total.ShouldBe(4);
        await house.LogOffAsync(session);
        await house.AvailableAsync("p", 4);
    }

    [Fact]
    public async Task Settings_RaisedAndLowered_AreFollowedWithoutTouchingUsers()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        await house.AvailableAsync("p", 1);
        await house.ChangeAsync("p", settings => settings with { Spare = 3, Maximum = 6 });
        await house.AvailableAsync("p", 3);
        await house.ChangeAsync("p", settings => settings with { Spare = 1 });
        await house.AvailableAsync("p", 1);
        await house.ChangeAsync("p", settings => settings with { Spare = 1, Maximum = 1 });
        await house.AvailableAsync("p", 0);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
    }

    [Fact]
    public async Task Fork_BeyondTheSpareLevel_IsKept()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        await house.AvailableAsync("p", 1);
        (await house.Machines.ForkAsync("p", default)).Fault.ShouldBeNull();
        await house.LookedAtAsync("p");
        (await house.PoolAsync()).Available.ShouldBe(2);
    }

    [Fact]
    public async Task TwoPools_OfOneImage_AreKeptApart()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 2, 2, "ann");
        await house.AddPoolAsync(new CreatePoolRequest { Name = "q", Image = "micro", Version = "v1", Spare = 1, Maximum = 2, NamePattern = "p-{n}" }, "ann");
        await house.AvailableAsync("p", 2);
        await house.AvailableAsync("q", 1);
        (await house.Machines.ListAsync(PoolScope.House, default)).Select(m => m.Name).ShouldBeUnique();
        (await house.OpenAsync("ann", "p")).Machine.ShouldNotBe((await house.OpenAsync("ann", "q")).Machine);
        await house.Pools.DeleteAsync("q", force: true, "test", default);
        Host.Expected.Count.ShouldBe(1);
    }
}
