using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Pushing;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pushing;

/// <summary>Pause, resume, cancel and roll back.</summary>
public sealed class PushControlTests : PushTestBase
{
    private readonly TaskCompletionSource _makes = new();

    [Fact]
    public async Task Pause_Rolling_HoldsUntilItIsResumed()
    {
        await using var house = await RollingAsync();
        (await house.Get<PushDesk>().PauseAsync("p", "test", default)).Value.State.ShouldBe(PushState.Paused);
        (await house.Get<PushDesk>().PauseAsync("p", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        var session = await house.OpenAsync("ben");
        (await house.MachineAsync(session.Machine)).Version.ShouldBe("v1");
        await house.LookedAtAsync("p");
        (await house.Machines.ListAsync(PoolScope.House, default)).Count(m => m.Version == "v1").ShouldBe(2);
        (await house.Get<PushDesk>().ResumeAsync("p", "test", default)).Value.State.ShouldBe(PushState.Rolling);
        _makes.SetResult();
        await house.LogOffAsync(session);
        await house.LogOffAsync(await house.OpenAsync("ann"));
        await StateAsync(house, PushState.Completed);
    }

    [Fact]
    public async Task Cancel_WhileRolling_MovesMachinesBack()
    {
        await using var house = await RollingAsync();
        _makes.SetResult();
        await Eventually.HoldsAsync(async () => (await PushAsync(house)).Replaced > 0, "one is replaced");
        (await house.Get<PushDesk>().CancelAsync("p", "test", default)).Value.State.ShouldBe(PushState.Cancelled);
        (await house.PoolAsync()).Version.ShouldBe("v1");
        await AllOfAsync(house, "v1", 2);
        (await house.PoolAsync()).KeptVersions.ShouldBe(["v2"]);
    }

    [Fact]
    public async Task RollBack_AfterAPush_GoesToTheVersionBeforeInOneAction()
    {
        await using var house = await PushedAsync();
        var back = (await house.Get<PushDesk>().RollBackAsync("p", new RollbackRequest(), "test", default)).Value;
        (back.FromVersion, back.ToVersion).ShouldBe(("v2", "v1"));
        await AllOfAsync(house, "v1", 2);
        await StateAsync(house, PushState.Completed);
        (await house.PoolAsync()).KeptVersions.ShouldBe(["v2"]);
    }

    [Fact]
    public async Task RollBack_DuringAPush_CancelsItAndGoesBack()
    {
        await using var house = await RollingAsync();
        (await house.Get<PushDesk>().RollBackAsync("p", new RollbackRequest("v1"), "test", default)).Value.ToVersion.ShouldBe("v1");
        _makes.SetResult();
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v1", 2);
        (await house.Get<PushReader>().ListAsync("p", default)).Value.Select(p => p.State).ShouldBe([PushState.Completed, PushState.Cancelled], ignoreOrder: true);
    }

    [Fact]
    public async Task RollBack_ToAVersionThatIsNotKept_IsRefusedAndSaysWhatIs()
    {
        await using var house = await PushedAsync();
        var fault = (await house.Get<PushDesk>().RollBackAsync("p", new RollbackRequest("v7"), "test", default)).Fault!;
        (fault.Code, fault.Why).ShouldBe((ErrorCode.NotFound, "Kept: v1."));
    }

    [Fact]
    public async Task RollBack_NothingKept_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2);
        (await house.Get<PushDesk>().RollBackAsync("p", new RollbackRequest(), "test", default)).Fault!.Why.ShouldBe("None is kept.");
    }

    [Fact]
    public async Task Push_NewVersionFails_PausesAndSaysWhy()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 2, Maximum = 4, Attempts = 1 });
        await house.AvailableAsync("p", 2);
        Host.OnProvision = (request, _) => Task.FromResult(request.Image.Version == "v2" ? new Fault(ErrorCode.AgentSilent, "The agent said nothing.") : null);
        await BeginAsync(house, new PushImageRequest { Version = "v2", ErrorThresholdPercent = 10 });
        await StateAsync(house, PushState.Paused);
        var push = await PushAsync(house);
        // Another that was begun together with it may have failed since.
        push.Failed.ShouldBeInRange(1, 2);
        push.Fault!.What.ShouldContain(" of 2 machines could not be made");
        (await house.PoolAsync()).Available.ShouldBe(2);
        (await house.Get<PushDesk>().RollBackAsync("p", new RollbackRequest(), "test", default)).Fault.ShouldBeNull();
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v1", 2);
    }

    [Fact]
    public async Task Push_OnlyMachineFails_PausesRatherThanEnds()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 1, Attempts = 1 });
        await house.AvailableAsync("p", 1);
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.AgentSilent, "The agent said nothing."));
        await BeginAsync(house);
        await StateAsync(house, PushState.Paused);
    }

    /// <summary>A push of two machines, ann's waiting; new ones are not made yet.</summary>
    private async Task<House> RollingAsync()
    {
        Images.Add("v2", published: true);
        var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 4, "ann", "ben");
        await house.OpenAsync("ann");
        await house.AvailableAsync("p", 1);
        Host.OnProvision = async (request, token) =>
        {
            if (request.Image.Version == "v2") await _makes.Task.WaitAsync(token);
            return null;
        };
        await BeginAsync(house);
        await StateAsync(house, PushState.Rolling);
        return house;
    }

    private async Task<House> PushedAsync()
    {
        Images.Add("v2", published: true);
        var house = await StartAsync();
        await house.AddPoolAsync("p", 2, 4);
        await house.AvailableAsync("p", 2);
        await BeginAsync(house);
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v2", 2);
        return house;
    }
}
