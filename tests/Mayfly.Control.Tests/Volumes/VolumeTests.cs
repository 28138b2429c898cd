using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Tests.Apps;
using Mayfly.Control.Users;
using Mayfly.Control.Volumes;
using Mayfly.Engine.Attaching;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Volumes;

public sealed class VolumeTests : AppTestBase
{
    [Fact]
    public async Task Open_FirstTime_MakesAVolumeAndTheNextLogonKeepsASnapshotOfIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        var session = await house.OpenAsync("ann");
        var volume = (await ListAsync(house)).Single();
        (volume.User, volume.Os, volume.SizeMib, volume.State, volume.Machine).ShouldBe(("ann", "debian-13", 256, VolumeState.Attached, session.Machine));
        session.Volume.ShouldBe(volume.Id);
        session.Timeline.Select(step => step.Name).ShouldContain("volume");
        Host.Machines.Single(m => m.Hostname == session.Machine).Attached.Volume.ShouldBe(new VolumeAttachment(volume.Id, VolumeKind.AppsAndProfile));
        await house.LogOffAsync(session);
        (await ListAsync(house)).Single().State.ShouldBe(VolumeState.Detached);
        (await house.OpenAsync("ann")).Volume.ShouldBe(volume.Id);
        Volumes.Volumes[volume.Id].Snapshots.Count.ShouldBe(1);
        Volumes.Asked.Count(asked => asked.StartsWith("create", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task LogOff_ReleasesTheVolumeBeforeTheMachineIsDestroyedAndFreesItAfter()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        var session = await house.OpenAsync("ann");
        var machine = Host.Machines.Single(m => m.Hostname == session.Machine).MachineId;
        var order = new List<string>();
        Host.OnRelease = async id =>
        {
            order.Add("release");
            (await house.ReadAsync(c => c.Volumes.Single().MachineId)).ShouldBe(machine);
            return Done.Yes;
        };
        Host.OnDestroy = async id =>
        {
            if (id == machine) order.Add((await house.ReadAsync(c => c.Volumes.Single().MachineId)) == machine ? "destroy" : "destroyed too late");
        };
        await house.LogOffAsync(session);
        order.ShouldBe(["release", "destroy"]);
        (await house.ReadAsync(c => c.Volumes.Single().MachineId)).ShouldBeNull();
    }

    [Fact]
    public async Task Open_SecondDesktopWhileTheVolumeIsInUse_IsRefusedAndOpensWithoutIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        await house.AddPoolAsync(WithVolume("q"), "ann");
        var session = await house.OpenAsync("ann");
        var fault = (await house.Broker.OpenAsync("ann", "q", default)).Fault!;
        fault.Code.ShouldBe(ErrorCode.VolumeInUse);
        fault.What.ShouldContain(session.Machine);
        fault.What.ShouldContain("'p'");
        var without = (await house.Broker.OpenAsync("ann", "q", default, withoutVolume: true)).Value;
        without.Volume.ShouldBeNull();
        Host.Clashes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_TwoDesktopsAtOnce_OneGetsTheVolume()
    {
        await using var house = await StartAsync();
        foreach (var pool in new[] { "p", "q", "r" })
        {
            await house.AddPoolAsync(WithVolume(pool), "ann");
            await house.AvailableAsync(pool, 1);
        }

        var answers = await Task.WhenAll(new[] { "p", "q", "r" }.Select(pool => house.Broker.OpenAsync("ann", pool, default)));
        answers.Count(answer => answer.Fault is null).ShouldBe(1);
        answers.Where(answer => answer.Fault is not null).ShouldAllBe(answer => answer.Fault!.Code == ErrorCode.VolumeInUse);
        Host.Clashes.ShouldBeEmpty();
        (await house.ReadAsync(c => c.Volumes.Count())).ShouldBe(1);
    }

    [Fact]
    public async Task Open_WhileTheOtherMachineIsBeingDestroyed_WaitsForTheVolume()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        await house.AddPoolAsync(WithVolume("q"), "ann");
        var session = await house.OpenAsync("ann");
        var (releasing, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Host.OnRelease = async _ =>
        {
            releasing.TrySetResult();
            await go.Task;
            return Done.Yes;
        };
        var logOff = house.LogOffAsync(session);
        await releasing.Task;
        var opening = house.Broker.OpenAsync("ann", "q", default);
        opening.IsCompleted.ShouldBeFalse();
        go.SetResult();
        await logOff;
        (await opening).Value.Volume.ShouldBe(session.Volume);
        Host.Clashes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_DisabledVolume_IsRefusedAndOpensWithoutIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        await house.LogOffAsync(await house.OpenAsync("ann"));
        var volume = (await ListAsync(house)).Single();
        (await house.Get<VolumeDesk>().EnableAsync(volume.Id, false, "test", default)).Value.Volume.State.ShouldBe(VolumeState.Disabled);
        (await house.Broker.OpenAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeDisabled);
        (await house.Broker.OpenAsync("ann", "p", default, withoutVolume: true)).Value.Volume.ShouldBeNull();
    }

    [Fact]
    public async Task Crash_OfItsMachine_FreesTheVolume()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        var session = await house.OpenAsync("ann");
        Host.Crash(Host.Machines.Single(m => m.Hostname == session.Machine).MachineId);
        await Eventually.HoldsAsync(async () => (await ListAsync(house)).Single().State == VolumeState.Detached, "the volume is free");
        (await house.OpenAsync("ann")).Volume.ShouldBe(session.Volume);
        Host.Clashes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_MachineVanishedMeanwhile_FreesTheVolume()
    {
        var first = await StartAsync();
        await first.AddPoolAsync(WithVolume(), "ann");
        var session = await first.OpenAsync("ann");
        await first.DisposeAsync();
        Host.Vanish(Host.Machines.Single(m => m.Hostname == session.Machine).MachineId);
        await using var second = await StartAsync();
        (await ListAsync(second)).Single().State.ShouldBe(VolumeState.Detached);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("attach")]
    public async Task Restart_InTheMiddleOfALogon_DoesItAgainWithTheSameVolume(string where)
    {
        var (hangs, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = await StartAsync();
        await first.AddPoolAsync(WithVolume(), "ann");
        var attach = Host.OnAttach;
        if (where == "create")
        {
            Volumes.OnWork = async (_, _) =>
            {
                hangs.TrySetResult();
                await never.Task;
                return new Fault(ErrorCode.ShuttingDown, "mayflyd was killed.");
            };
        }
        else
        {
            Host.OnAttach = async (_, _) =>
            {
                hangs.TrySetResult();
                await never.Task;
                return new Fault(ErrorCode.ShuttingDown, "mayflyd was killed.");
            };
        }

        var opening = first.Broker.OpenAsync("ann", "p", default);
        await hangs.Task;
        (Volumes.OnWork, Host.OnAttach) = ((_, _) => Task.FromResult<Fault?>(null), attach);
        // As after a kill: another house on the same database, while the first one still stands.
        await using (var second = await StartAsync())
        {
            var session = await second.OpenAsync("ann");
            session.Volume.ShouldNotBeNull();
            session.VolumeFault.ShouldBeNull();
            Host.Machines.Single(m => m.Hostname == session.Machine).Attached.Volume!.VolumeId.ShouldBe(session.Volume);
            (await second.ReadAsync(c => c.Volumes.Count())).ShouldBe(1);
            Host.Clashes.ShouldBeEmpty();
        }

        never.SetResult();
        await opening.ContinueWith(_ => { }, TaskScheduler.Default);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Attach_VolumeFails_SessionGoesOnAndShowsWhy()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        Host.OnAttach = (_, _) => Task.FromResult<Outcome<AttachResult>>(
            new AttachResult(Attachments.None, new Dictionary<string, Fault>(), new Fault(ErrorCode.VolumeUnusable, "It is damaged."), 0, 0.2));
        var session = await house.OpenAsync("ann");
        session.VolumeFault!.Code.ShouldBe(ErrorCode.VolumeUnusable);
        // Whatever the host says, nobody else gets it before that machine is gone.
        (await ListAsync(house)).Single().State.ShouldBe(VolumeState.Attached);
        await house.LogOffAsync(session);
        (await ListAsync(house)).Single().State.ShouldBe(VolumeState.Detached);
    }

    [Fact]
    public async Task HouseStop_ReleasesBeforeItDestroys()
    {
        var house = await StartAsync(o => o with { StopMachinesOnExit = true });
        await house.AddPoolAsync(WithVolume(), "ann");
        var session = await house.OpenAsync("ann");
        var machine = Host.Machines.Single(m => m.Hostname == session.Machine).MachineId;
        await house.DisposeAsync();
        Host.Released.ShouldBe([machine]);
        await using var next = await StartAsync();
        (await ListAsync(next)).Single().State.ShouldBe(VolumeState.Detached);
    }

    [Fact]
    public async Task Desk_WhileAMachineHasIt_RefusesAllButDisabling()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann", "ben");
        var id = (await house.OpenAsync("ann")).Volume!;
        var desk = house.Get<VolumeDesk>();
        (await desk.GrowAsync(id, 512, "test", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await desk.SnapshotAsync(id, "test", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await desk.RestoreAsync(id, "s0001", "test", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await desk.MoveAsync(id, "ben", "test", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await desk.RemoveAsync(id, "test", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await house.Get<VolumeBook>().OpenAsync(id, default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await desk.EnableAsync(id, false, "test", default)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Open_WhileItIsWorkedOn_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        await house.LogOffAsync(await house.OpenAsync("ann"));
        var id = (await ListAsync(house)).Single().Id;
        var (working, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Volumes.OnWork = async (_, _) =>
        {
            working.TrySetResult();
            await go.Task;
            return null;
        };
        var growing = house.Get<VolumeDesk>().GrowAsync(id, 512, "test", default);
        await working.Task;
        (await house.Broker.OpenAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        go.SetResult();
        (await growing).Value.Volume.SizeMib.ShouldBe(512);
        (await house.OpenAsync("ann")).Volume.ShouldBe(id);
    }

    [Fact]
    public async Task RemoveUser_VolumeStaysDisabledAndFallsToNoNamesake()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann", "ben");
        await house.LogOffAsync(await house.OpenAsync("ann"));
        (await house.Get<UserDirectory>().RemoveAsync("ann", "test", default)).Fault.ShouldBeNull();
        (await house.EventKindsAsync()).ShouldContain(EventKinds.VolumeLeft);
        var volume = (await ListAsync(house)).Single();
        volume.State.ShouldBe(VolumeState.Disabled);
        var moved = (await house.Get<VolumeDesk>().MoveAsync(volume.Id, "ben", "test", default)).Value;
        moved.Volume.User.ShouldBe("ben");
        (await house.Get<VolumeDesk>().EnableAsync(volume.Id, true, "test", default)).Fault.ShouldBeNull();
        (await house.OpenAsync("ben")).Volume.ShouldBe(volume.Id);
    }

    [Fact]
    public async Task Import_ThenMoveToSomebodyWhoHasOne_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann", "ben");
        var desk = house.Get<VolumeDesk>();
        var imported = (await desk.ImportAsync(new ImportVolumeRequest("ann", "debian-13", VolumeKind.Profile, "/tmp/v.qcow2"), "test", default)).Value;
        imported.Volume.SizeMib.ShouldBe(512);
        (await desk.ImportAsync(new ImportVolumeRequest("ann", "debian-13", VolumeKind.Profile, "/tmp/v.qcow2"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        await house.LogOffAsync(await house.OpenAsync("ben"));
        (await desk.MoveAsync(imported.Volume.Id, "ben", "test", default)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await house.OpenAsync("ann")).Volume.ShouldBe(imported.Volume.Id);
    }

    [Fact]
    public async Task Import_ThatFails_LeavesNothing()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithVolume(), "ann");
        Volumes.OnWork = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.VolumeUnusable, "It is none."));
        var desk = house.Get<VolumeDesk>();
        (await desk.ImportAsync(new ImportVolumeRequest("ann", "debian-13", VolumeKind.Profile, "/tmp/v.qcow2"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.VolumeUnusable);
        (await house.ReadAsync(c => c.Volumes.Count())).ShouldBe(0);
        (await desk.ImportAsync(new ImportVolumeRequest("ann", "debian-13", VolumeKind.Profile, "v.qcow2"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Pool_DedicatedWithVolume_IsRefused()
    {
        await using var house = await StartAsync();
        (await house.Pools.CreateAsync(Dedicated() with { Volume = VolumeKind.Profile }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await house.Pools.CreateAsync(WithVolume() with { VolumeMib = 63 }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await house.Pools.CreateAsync(WithVolume() with { VolumeSnapshots = 21 }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnySequence_OfLogonsLogOffsCrashesAndRestarts_NeverGivesAVolumeToTwoMachines(int seed)
    {
        var random = new Random(seed);
        var house = await StartAsync(o => o with { OpenWait = TimeSpan.FromMilliseconds(200) });
        foreach (var pool in new[] { "p", "q" }) await house.AddPoolAsync(WithVolume(pool, spare: 2), "ann", "ben");
        for (var step = 0; step < 40; step++)
        {
            var (user, pool) = (random.Next(2) == 0 ? "ann" : "ben", random.Next(2) == 0 ? "p" : "q");
            var open = await house.ReadAsync(c => c.Sessions.Where(s => s.EndedAt == null).ToList());
            var one = open.Count > 0 ? open[random.Next(open.Count)] : null;
            switch (random.Next(6))
            {
                case 0 when one is not null: await house.LogOffAsync(one.ToView()); break;
                case 1 when one is not null: Host.Crash(one.MachineId); break;
                case 2:
                    await house.DisposeAsync();
                    if (one is not null && random.Next(2) == 0) Host.Vanish(one.MachineId);
                    house = await StartAsync(o => o with { OpenWait = TimeSpan.FromMilliseconds(200) });
                    break;
                case 3: await Task.WhenAll(house.Broker.OpenAsync(user, "p", default), house.Broker.OpenAsync(user, "q", default)); break;
                default: await house.Broker.OpenAsync(user, pool, default, withoutVolume: random.Next(4) == 0); break;
            }

            Host.Clashes.ShouldBeEmpty();
            var held = Host.Machines.Where(m => m.Attached.Volume is not null).ToList();
            held.Select(m => m.Attached.Volume!.VolumeId).ShouldBeUnique();
            var leases = await house.ReadAsync(c => c.Volumes.ToList());
            foreach (var machine in held) leases.Single(v => v.Id == machine.Attached.Volume!.VolumeId).MachineId.ShouldBe(machine.MachineId);
        }

        await house.DisposeAsync();
    }

    private static async Task<IReadOnlyList<VolumeView>> ListAsync(House house) => (await house.Get<VolumeBook>().ListAsync(new VolumeFilter(), null, 100, default)).Value.Items;
}
