using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Operations;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Machines;

/// <summary>Images of running machines.</summary>
public sealed class MachinePublishTests : HouseTestBase
{
    [Fact]
    public async Task Publish_MachineThatSomebodyUses_NeedsToBeAskedForWithTheSession_AndIsAnEvent()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 1, "ann");
        await house.AvailableAsync("p", 1);
        var publishing = house.Get<MachinePublishing>();
        var machine = (await house.OpenAsync("ann")).Machine;

        var refused = (await publishing.BeginAsync(machine, new PublishMachineRequest("class"), "root", default)).Fault!;
        var begun = (await publishing.BeginAsync(machine, new PublishMachineRequest("class", WithSession: true), "root", default)).Value;

        refused.Code.ShouldBe(ErrorCode.MachineStateWrong);
        await Eventually.HoldsAsync(() => Task.FromResult(house.Get<OperationBoard>().Find(begun.Id).Value.State == "succeeded"), "it is published");
        Images.Copied.ShouldBe([(await house.MachineAsync(machine)).Id]);
        var told = (await house.Get<EventLog>().ListAsync(PoolScope.House, 0, 1000, default)).Single(one => one.Kind == EventKinds.MachinePublished);
        (told.Actor, told.Machine, told.Message.Contains("all that 'ann' has", StringComparison.Ordinal)).ShouldBe(("root", machine, true));
    }

    [Fact]
    public async Task Publish_UnderWay_KeepsOthersFromTheMachineUntilItsDestructionInterruptsIt()
    {
        var begun = new TaskCompletionSource();
        Images.OnWork = async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 1);
        await house.AvailableAsync("p", 1);
        var publishing = house.Get<MachinePublishing>();
        (await publishing.BeginAsync("p-2", new PublishMachineRequest("class"), "root", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await publishing.BeginAsync("p-1", new PublishMachineRequest("no name"), "root", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        var operation = (await publishing.BeginAsync("p-1", new PublishMachineRequest("class"), "root", default)).Value;
        await begun.Task;

        (await publishing.BeginAsync("p-1", new PublishMachineRequest("other"), "root", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        (await house.Get<MachineActions>().ResetAsync("p-1", "root", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        (await house.Get<MachineCatalog>().DeleteAsync("p-1", "root", default)).Fault.ShouldBeNull();

        await Eventually.HoldsAsync(() => Task.FromResult(house.Get<OperationBoard>().Find(operation.Id).Value.State == "failed"), "it is given up");
    }
}
