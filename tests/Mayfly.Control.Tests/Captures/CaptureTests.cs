using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Captures;
using Mayfly.Control.Events;
using Mayfly.Control.Tests.Apps;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Captures;

public sealed class CaptureTests : AppTestBase
{
    private static readonly BeginCaptureRequest ByHand = new("writer", "1", "micro");
    private static readonly BeginCaptureRequest Unattended = ByHand with { Packages = ["hello"] };

    [Fact]
    public async Task Begin_WithSomethingToInstall_GoesToItsEndAndLeavesNoMachine()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer");
        var begun = await BeginAsync(house, Unattended);
        var ended = await EndedAsync(house, begun.Id);
        ended.State.ShouldBe(CaptureState.Done);
        Host.Machines.ShouldBeEmpty();
        Packages.Asked.Select(asked => asked.Split(' ')[0]).ShouldBe(["begin", "install", "finish"]);
        var app = (await house.Get<AppBook>().FindAsync("writer", default)).Value;
        app.Packages.Single().ShouldSatisfyAllConditions(package => package.Version.ShouldBe("1"), package => package.CreatedBy.ShouldBe("test"));
    }

    [Fact]
    public async Task Begin_ByHand_WaitsUntilItIsFinished()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer");
        var id = (await BeginAsync(house, ByHand)).Id;
        await StateAsync(house, id, CaptureState.Open);
        (await house.Get<CaptureBook>().MachineOfAsync(id, default)).ShouldBe(Host.Machines.Single().MachineId);
        (await house.Get<CaptureBook>().FinishAsync(id, default)).Fault.ShouldBeNull();
        (await EndedAsync(house, id)).State.ShouldBe(CaptureState.Done);
        Host.Machines.ShouldBeEmpty();
        (await house.Get<CaptureBook>().FinishAsync(id, default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task Begin_ByHandWhereNoTerminalOpens_FailsWithWhatTheGuestSaid()
    {
        Packages.OnWork = (what, _) => Task.FromResult<Fault?>(what == "terminal" ? new Fault(ErrorCode.CaptureFailed, "No terminal.", "no display") : null);
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer");
        var ended = await EndedAsync(house, (await BeginAsync(house, ByHand)).Id);
        ended.State.ShouldBe(CaptureState.Failed);
        ended.Fault!.ShouldSatisfyAllConditions(fault => fault.Code.ShouldBe(ErrorCode.CaptureFailed), fault => fault.Why.ShouldBe("no display"));
        Host.Machines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("install")]
    [InlineData("finish")]
    public async Task Step_ThatFails_FailsTheCaptureAndDestroysItsMachine(string step)
    {
        Packages.OnWork = (what, _) => Task.FromResult<Fault?>(what == step ? new Fault(ErrorCode.CaptureFailed, "No.") : null);
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer");
        var ended = await EndedAsync(house, (await BeginAsync(house, Unattended)).Id);
        (ended.State, ended.Fault!.Code).ShouldBe((CaptureState.Failed, ErrorCode.CaptureFailed));
        Host.Machines.ShouldBeEmpty();
        Packages.List().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("provision")]
    [InlineData("install")]
    [InlineData("finish")]
    [InlineData("open")]
    public async Task Cancel_AtAnyTime_DestroysItsMachineAndLeavesNoPackage(string when)
    {
        var reached = new TaskCompletionSource();
        if (when == "provision")
        {
            Host.OnProvision = async (_, token) =>
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
                return null;
            };
        }

        Packages.OnWork = async (what, token) =>
        {
            if (what != when) return null;
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer");
        var id = (await BeginAsync(house, when == "open" ? ByHand : Unattended)).Id;
        if (when == "open") await StateAsync(house, id, CaptureState.Open);
        else await reached.Task;
        (await house.Get<CaptureBook>().CancelAsync(id, "test", default)).Fault.ShouldBeNull();
        (await EndedAsync(house, id)).State.ShouldBe(CaptureState.Cancelled);
        Host.Machines.ShouldBeEmpty();
        Packages.List().ShouldBeEmpty();
        (await house.Get<CaptureBook>().CancelAsync(id, "test", default)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Restart_OpenCapture_GoesOnWhereItWasAndItsMachineIsNoStray()
    {
        var first = await StartAsync();
        await AddAppAsync(first, "writer");
        var id = (await BeginAsync(first, ByHand)).Id;
        await StateAsync(first, id, CaptureState.Open);
        var machine = Host.Machines.Single().MachineId;
        await first.DisposeAsync();
        await using var second = await StartAsync();
        (await second.Get<CaptureBook>().FindAsync(id, default)).Value.State.ShouldBe(CaptureState.Open);
        Host.Machines.Single().MachineId.ShouldBe(machine);
        (await second.EventKindsAsync()).ShouldNotContain(EventKinds.MachineStray);
        (await second.Get<CaptureBook>().FinishAsync(id, default)).Fault.ShouldBeNull();
        (await EndedAsync(second, id)).State.ShouldBe(CaptureState.Done);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("finish")]
    public async Task Restart_InTheMiddle_ComesToItsEndAllTheSame(string step)
    {
        var (reached, first) = (new TaskCompletionSource(), await StartAsync());
        Packages.OnWork = async (what, token) =>
        {
            if (what != step) return null;
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await AddAppAsync(first, "writer");
        var id = (await BeginAsync(first, Unattended)).Id;
        await reached.Task;
        await first.DisposeAsync();
        Packages.OnWork = (_, _) => Task.FromResult<Fault?>(null);
        await using var second = await StartAsync();
        (await EndedAsync(second, id)).State.ShouldBe(CaptureState.Done);
        Host.Machines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_MachineGone_FailsTheCapture()
    {
        var first = await StartAsync();
        await AddAppAsync(first, "writer");
        var id = (await BeginAsync(first, ByHand)).Id;
        await StateAsync(first, id, CaptureState.Open);
        await first.DisposeAsync();
        Host.Vanish(Host.Machines.Single().MachineId);
        await using var second = await StartAsync();
        (await EndedAsync(second, id)).State.ShouldBe(CaptureState.Failed);
    }

    [Fact]
    public async Task Crash_OfItsMachine_FailsTheCapture()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer");
        var id = (await BeginAsync(house, ByHand)).Id;
        await StateAsync(house, id, CaptureState.Open);
        Host.Crash(Host.Machines.Single().MachineId);
        (await EndedAsync(house, id)).State.ShouldBe(CaptureState.Failed);
    }

    [Fact]
    public async Task Begin_OfWhatCanNotBe_IsRefused()
    {
        await using var house = await StartAsync();
        await AddAppAsync(house, "writer", "1");
        var book = house.Get<CaptureBook>();
        (await book.BeginAsync(ByHand, "test", default)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await book.BeginAsync(ByHand with { App = "nothing" }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await book.BeginAsync(ByHand with { Version = "2", Base = "9" }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await book.BeginAsync(ByHand with { Version = "2", Image = "cold" }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.ImageNotPublished);
        (await book.BeginAsync(ByHand with { Version = "../2" }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await book.BeginAsync(ByHand with { Version = "2", Packages = ["--reinstall"] }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await book.BeginAsync(ByHand with { Version = "2", Files = ["a.deb"] }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Remove_WhatIsInUse_NamesWhatUsesIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await AddAppAsync(house, "writer", "1", "2");
        await AssignAsync(house, "writer", new AssignAppRequest(Version: "1", Pool: "p"));
        var session = await house.OpenAsync("ann");
        var packages = house.Get<PackageBook>();
        (await packages.RemoveAsync("writer", "1", "test", default)).Fault!.Why!.ShouldContain(session.Machine);
        (await packages.RemoveAsync("writer", "2", "test", default)).Fault!.Code.ShouldBe(ErrorCode.PackageInUse);
        await house.LogOffAsync(session);
        (await packages.RemoveAsync("writer", "1", "test", default)).Fault!.Why!.ShouldContain("'p'");
        (await house.Get<AppBook>().RemoveAsync("writer", "test", default)).Fault!.Code.ShouldBe(ErrorCode.PackageInUse);
        var assignment = (await house.Get<AssignmentBook>().ListAsync("writer", default)).Value.Single();
        (await house.Get<AssignmentBook>().RemoveAsync("writer", assignment.Id, "test", default)).Fault.ShouldBeNull();
        (await packages.RemoveAsync("writer", "1", "test", default)).Fault.ShouldBeNull();
        (await house.Get<AppBook>().RemoveAsync("writer", "test", default)).Fault.ShouldBeNull();
        Packages.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_PackageThatNobodyWroteDown_IsRemoved()
    {
        Packages.Add("stray");
        await using var house = await StartAsync();
        Packages.List().ShouldBeEmpty();
    }

    private static async Task<CaptureView> BeginAsync(House house, BeginCaptureRequest request) => (await house.Get<CaptureBook>().BeginAsync(request, "test", default)).Value;

    private static Task StateAsync(House house, string id, CaptureState state) =>
        Eventually.HoldsAsync(async () => (await house.Get<CaptureBook>().FindAsync(id, default)).Value.State == state, $"the capture is {state}");

    private static async Task<CaptureView> EndedAsync(House house, string id)
    {
        CaptureView? last = null;
        await foreach (var view in house.Get<CaptureBook>().WatchAsync(id, default)) last = view;
        return last!;
    }
}
