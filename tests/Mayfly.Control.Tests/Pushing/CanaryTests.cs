using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Pushing;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pushing;

public sealed class CanaryTests : PushTestBase
{
    [Fact]
    public async Task Canary_ChosenMachine_GetsTheVersionUnderItsNameAndTheRestDoNot()
    {
        await using var house = await MadeAsync();
        var set = await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", ["p-2"]), "test", default);
        set.Value.Canary!.Machines.ShouldBe(["p-2"]);
        await VersionsAsync(house, "p-1:v1 p-2:v2 p-3:v1");
        (await house.PoolAsync()).Canary!.Replaced.ShouldBe(1);
        (await house.PoolAsync()).Version.ShouldBe("v1");
    }

    [Fact]
    public async Task Canary_LentAndLoggedOff_ComesAgainOfItsVersion()
    {
        await using var house = await MadeAsync("ann");
        await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", ["p-1", "p-2", "p-3"]), "test", default);
        await VersionsAsync(house, "p-1:v2 p-2:v2 p-3:v2");
        await house.LogOffAsync(await house.OpenAsync("ann"));
        await Eventually.HoldsAsync(async () => (await house.PoolAsync()).Canary!.Replaced == 3 || (await house.PoolAsync()).Available == 3, "three are ready again");
        (await house.Machines.ListAsync(PoolScope.House, default)).Where(m => m.Name is "p-1" or "p-2" or "p-3").ShouldAllBe(m => m.Version == "v2");
    }

    [Fact]
    public async Task Canary_MachineInUse_WaitsForItsLogOff()
    {
        await using var house = await MadeAsync("ann");
        var session = await house.OpenAsync("ann");
        await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", [session.Machine]), "test", default);
        await house.LookedAtAsync("p");
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        (await house.MachineAsync(session.Machine)).Version.ShouldBe("v1");
    }

    [Fact]
    public async Task Promote_Canary_MovesAllAndEndsIt()
    {
        await using var house = await MadeAsync();
        await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", ["p-1"]), "test", default);
        await house.MachineHoldsAsync("p-1", m => m is { Version: "v2", State: MachineState.Available }, "the canary is there");
        var canary = (await house.MachineAsync("p-1")).Id;
        (await house.Get<CanaryDesk>().PromoteAsync("p", new PromoteCanaryRequest(), "test", default)).Value.ToVersion.ShouldBe("v2");
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v2", 3);
        (await house.PoolAsync()).Canary.ShouldBeNull();
        Host.Destroyed.ShouldNotContain(canary);
    }

    [Fact]
    public async Task Cancel_Canary_MovesItsMachinesBack()
    {
        await using var house = await MadeAsync();
        await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", ["p-1"]), "test", default);
        await house.MachineHoldsAsync("p-1", m => m is { Version: "v2", State: MachineState.Available }, "the canary is there");
        (await house.Get<CanaryDesk>().CancelAsync("p", "test", default)).Value.Canary.ShouldBeNull();
        await AllOfAsync(house, "v1", 3);
    }

    [Theory]
    [InlineData("v1", "p-1", ErrorCode.InvalidRequest)]
    [InlineData("v2", "", ErrorCode.InvalidRequest)]
    [InlineData("v2", "q-9", ErrorCode.NotFound)]
    [InlineData("v9", "p-1", ErrorCode.NotFound)]
    [InlineData("v3", "p-1", ErrorCode.ImageNotPublished)]
    public async Task Set_WhatCanNotBe_IsRefused(string version, string machine, ErrorCode code)
    {
        await using var house = await MadeAsync();
        Images.Add("v3", published: false);
        var set = await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest(version, machine.Length == 0 ? [] : [machine]), "test", default);
        set.Fault!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Set_DuringAPush_IsBusyAndWithoutOneThereIsNothingToPromote()
    {
        await using var house = await MadeAsync();
        (await house.Get<CanaryDesk>().PromoteAsync("p", new PromoteCanaryRequest(), "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await house.Get<CanaryDesk>().CancelAsync("p", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        await BeginAsync(house, new PushImageRequest { Version = "v2", StartAt = Time.GetUtcNow().AddHours(1) });
        (await house.Get<CanaryDesk>().SetAsync("p", new CanaryRequest("v2", ["p-1"]), "test", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
    }

    private async Task<House> MadeAsync(params string[] users)
    {
        var house = await StartAsync();
        await house.AddPoolAsync("p", 3, 5, users);
        await house.AvailableAsync("p", 3);
        Images.Add("v2", published: true);
        return house;
    }

    private static Task VersionsAsync(House house, string wanted) => Eventually.HoldsAsync(
        async () => string.Join(' ', (await house.Machines.ListAsync(PoolScope.House, default)).Where(m => m.State == MachineState.Available).Select(m => $"{m.Name}:{m.Version}")) == wanted, wanted);
}
