namespace Mayfly.HouseVmTests;

/// <summary>A real pool moved to another version of its image and back, while somebody uses it.</summary>
public sealed class PushTests(MicroImages images)
{
    private const string Greeting = "cat /etc/motd";
    private const string SecondGreeting = "The second version.";

    [Fact]
    public async Task Push_ToAVersionNotPublished_PublishesItReplacesIdleMachinesAndWaitsForTheUsedOne()
    {
        await using var house = await TestHouse.StartAsync(images, images.First);
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 2, Maximum = 5 });
        await house.AddUsersAsync("p", "ann");
        await house.AvailableAsync("p", 2);
        var session = await house.OpenAsync("ann", "p");
        await house.AvailableAsync("p", 2);

        var begun = await house.Api.PostAsync<PushView>("pools/p/push", new PushImageRequest { Version = images.Second });
        begun.State.ShouldBe(PushState.Publishing);
        await UntilAsync(house, push => push is { State: PushState.Rolling, Remaining: 0, Waiting: 1, Replaced: 2 });
        var fresh = (await house.Api.MachinesAsync()).First(machine => machine.State == MachineState.Available);
        (await house.Api.RunAsync(fresh.Name, Greeting)).ShouldContain(SecondGreeting);
        (await house.Api.RunAsync(session.Machine, Greeting)).ShouldNotContain(SecondGreeting);

        await house.LogOffAsync("ann", session);
        await UntilAsync(house, push => push.State == PushState.Completed);
        await house.AvailableAsync("p", 2);
        (await house.PoolAsync("p")).KeptVersions.ShouldBe([images.First]);

        // The version before was kept published: going back boots nothing.
        var back = await house.Api.PostAsync<PushView>("pools/p/rollback", new RollbackRequest());
        back.OperationId.ShouldBeNull();
        await UntilAsync(house, push => push.Id == back.Id && push.State == PushState.Completed);
        await house.AvailableAsync("p", 2);
        foreach (var machine in await house.Api.MachinesAsync()) (await house.Api.RunAsync(machine.Name, Greeting)).ShouldNotContain(SecondGreeting);
    }

    private static Task UntilAsync(TestHouse house, Func<PushView, bool> reached) =>
        Clock.UntilAsync(async () => (await house.PoolAsync("p")).Push is { } push && reached(push), "the push has come that far", 240);
}
