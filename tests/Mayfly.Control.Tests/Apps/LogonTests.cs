using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Engine.Attaching;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Apps;

public sealed class LogonTests : AppTestBase
{
    private static readonly Fault Broken = new(ErrorCode.AttachFailed, "The disk did not come.");

    [Fact]
    public async Task Open_NothingAssigned_AttachesNothing()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await house.OpenAsync("ann");
        Host.Attaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_AppsOfPoolAndUser_AttachesThemInOrderBeforeItIsReady()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await AddAppAsync(house, "writer", "1", "2");
        await AddAppAsync(house, "editor", "7");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p"));
        await AssignAsync(house, "editor", new AssignAppRequest(Version: "7", User: "ann"));
        var steps = new List<OpeningView>();
        await foreach (var step in house.Broker.OpeningAsync("ann", "p", default)) steps.Add(step);
        steps[^2].Step.ShouldBe(OpeningStep.Attaching);
        var session = steps[^1].Session!;
        session.Apps.Select(app => (app.App, app.Version, app.Attached)).ShouldBe([("editor", "7", true), ("writer", "2", true)]);
        session.Timeline.Select(step => step.Name).ShouldBe(["entitlement", "machine", "apps"]);
        Host.Attaches.Single().Wanted.Packages.ShouldBe([await PackageAsync(house, "editor", "7"), await PackageAsync(house, "writer", "2")]);
    }

    [Fact]
    public async Task Open_WaitedForItsMachine_MakesNoOtherWhileAppsAreAttached()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 4, "ann");
        await AddAppAsync(house, "writer", "1");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p"));
        var attached = new TaskCompletionSource();
        Host.OnAttach = async (_, wanted) =>
        {
            await attached.Task;
            return new AttachResult(wanted, new Dictionary<string, Fault>(), null, 0.1, 0);
        };
        var opening = house.OpenAsync("ann");
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Attaches.IsEmpty), "applications are being attached");
        await house.LookedAtAsync("p");
        attached.SetResult();
        (await opening).Apps.Single().Attached.ShouldBeTrue();
        Host.Provisioned.Count(request => request.Hostname.StartsWith("p-", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Open_PackageFails_GoesOnWithoutAndTells()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await AddAppAsync(house, "writer", "1");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p"));
        Host.OnAttach = (_, wanted) => Task.FromResult<Outcome<AttachResult>>(
            new AttachResult(Attachments.None, wanted.Packages.ToDictionary(id => id, _ => Broken), null, 0.1, 0));
        var session = await house.OpenAsync("ann");
        session.Apps.Single().Attached.ShouldBeFalse();
        session.Apps.Single().Fault!.Code.ShouldBe(ErrorCode.AttachFailed);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.AttachFailed);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        Host.Attaches.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_PoolRefusesAndAttachFails_EndsTheSessionAndTheMachine(bool whole)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 2, OnAttachFailure = AttachFailureRule.Refuse }, "ann");
        await AddAppAsync(house, "writer", "1");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p"));
        Host.OnAttach = (_, wanted) => Task.FromResult<Outcome<AttachResult>>(whole
            ? Broken
            : new AttachResult(Attachments.None, wanted.Packages.ToDictionary(id => id, _ => Broken), null, 0.1, 0));
        (await house.Broker.OpenAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.AttachFailed);
        var row = await house.ReadAsync(c => c.Sessions.Single());
        row.EndedBy.ShouldBe(SessionEnds.AttachFailed);
        Host.Destroyed.ShouldContain(row.MachineId);
    }

    [Fact]
    public async Task Open_PackageOfAnotherOperatingSystem_IsForeignAndNotAskedFor()
    {
        Packages.Os = "debian-12";
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await AddAppAsync(house, "writer", "1");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p"));
        (await house.OpenAsync("ann")).Apps.Single().Fault!.Code.ShouldBe(ErrorCode.PackageForeign);
        Host.Attaches.Single().Wanted.Packages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_AttachCutOffByARestart_IsDoneAgainWithTheVersionsOfTheLogon()
    {
        var hangs = new TaskCompletionSource();
        var first = await StartAsync();
        await first.AddPoolAsync("p", 1, 2, "ann");
        await AddAppAsync(first, "writer", "1");
        await AssignAsync(first, "writer", new AssignAppRequest(Pool: "p"));
        var attach = Host.OnAttach;
        Host.OnAttach = async (_, _) =>
        {
            hangs.TrySetResult();
            await Task.Delay(Timeout.Infinite);
            return Broken;
        };
        var opening = first.Broker.OpenAsync("ann", "p", default);
        await hangs.Task;
        await first.DisposeAsync();
        await opening.ContinueWith(_ => { }, TaskScheduler.Default);
        Host.OnAttach = attach;
        await using var second = await StartAsync();
        await ImportAsync(second, "writer", "2");
        (await second.Get<AppBook>().SetCurrentAsync("writer", "2", "test", default)).Fault.ShouldBeNull();
        var session = await second.OpenAsync("ann");
        session.Apps.Single().ShouldSatisfyAllConditions(app => app.Version.ShouldBe("1"), app => app.Attached.ShouldBeTrue());
        Host.Attaches.Count.ShouldBe(2);
        (await second.ReadAsync(c => c.Sessions.Count())).ShouldBe(1);
    }

    [Fact]
    public async Task Open_KeptMachineTurnedOffAndOnAgain_GetsItsAppsAgain()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(), "ann");
        await AddAppAsync(house, "writer", "1");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p"));
        var session = await house.OpenAsync("ann");
        await Host.AttachAsync((await house.MachineAsync(session.Machine)).Id, Attachments.None, default);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        Host.Attaches.Count.ShouldBe(3);
        Host.Machines.Single(m => m.Hostname == session.Machine).Attached.Packages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Provision_AppOfThePool_IsThereBeforeTheMachineIsAvailableAndLogonIsFree()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer", "1");
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 0, Maximum = 2 }, "ann");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p", Delivery: PackageDelivery.Provision));
        await house.ChangeAsync("p", settings => settings with { Spare = 1 });
        await house.AvailableAsync("p", 1);
        Host.Attaches.Count.ShouldBe(1);
        var session = await house.OpenAsync("ann");
        session.Apps.Single().Attached.ShouldBeTrue();
        Host.Attaches.Count(attach => attach.MachineId == Host.Machines.Single(m => m.Hostname == session.Machine).MachineId).ShouldBe(1);
    }

    [Fact]
    public async Task Provision_MarkerMovedSince_LogonMakesItRight()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer", "1");
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 0, Maximum = 1 }, "ann");
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p", Delivery: PackageDelivery.Provision));
        await house.ChangeAsync("p", settings => settings with { Spare = 1 });
        await house.AvailableAsync("p", 1);
        await ImportAsync(house, "writer", "2");
        (await house.Get<AppBook>().SetCurrentAsync("writer", "2", "test", default)).Fault.ShouldBeNull();
        var session = await house.OpenAsync("ann");
        session.Apps.Single().ShouldSatisfyAllConditions(app => app.Version.ShouldBe("2"), app => app.Attached.ShouldBeTrue());
        Host.Machines.Single().Attached.Packages.ShouldBe([await PackageAsync(house, "writer", "2")]);
    }

    [Fact]
    public async Task Provision_AttachFailsAndThePoolRefuses_CountsAsAMachineNotMade()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer", "1");
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 0, Maximum = 1, Attempts = 1, OnAttachFailure = AttachFailureRule.Refuse });
        await AssignAsync(house, "writer", new AssignAppRequest(Pool: "p", Delivery: PackageDelivery.Provision));
        Host.OnAttach = (_, _) => Task.FromResult<Outcome<AttachResult>>(Broken);
        await house.ChangeAsync("p", settings => settings with { Spare = 1 });
        await Eventually.HoldsAsync(async () => await house.ReadAsync(c => c.Machines.Any(m => m.State == MachineState.ProvisioningError)), "the machine counts as failed");
        Host.Machines.ShouldBeEmpty();
    }
}
