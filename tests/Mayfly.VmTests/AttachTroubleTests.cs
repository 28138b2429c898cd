using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Guests;

namespace Mayfly.VmTests;

public sealed class AttachTroubleTests(Micro micro) : SideTest(micro)
{
    [Fact]
    public async Task Attach_WhenTheAgentHasStopped_EndsAtItsDeadlineAndLeavesNothingPlugged()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(options => options.AttachDeadline = TimeSpan.FromSeconds(2));
        var files = new AppFiles(engine.Data, null);
        var (package, late, volume) = (await files.PackageAsync(("opt/a", "a")), await files.PackageAsync(("opt/b", "b")), await files.VolumeAsync());
        var machine = await engine.ForkAsync(Image);
        await engine.AttachAsync(machine, new Attachments([package], new VolumeAttachment(volume, VolumeKind.Apps)));
        await engine.RunAsync(machine, "echo kept >/opt/kept; sync");
        await engine.SignalAgentAsync(machine, "STOP");

        (await engine.Machines.AttachAsync(machine.MachineId, new Attachments([late]), Token)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);
        engine.Machines.Machines.Single().Attached.Packages.ShouldBe([package]);
        (await engine.Machines.ReleaseAsync(machine.MachineId, TimeSpan.FromSeconds(1), Token)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);

        // Pulled all the same, and whole for the next machine.
        engine.Machines.Machines.Single().Attached.Volume.ShouldBeNull();
        var next = await engine.ForkAsync(Image);
        (await engine.AttachAsync(next, new Attachments([], new VolumeAttachment(volume, VolumeKind.Apps)))).Volume.ShouldBeNull();
        (await engine.RunAsync(next, "cat /opt/kept")).ShouldBe("kept");
    }

    [Fact]
    public async Task Attach_AfterTheAgentWasKilled_GoesOnFromWhatIsThere()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var files = new AppFiles(engine.Data, null);
        var (first, second, volume) = (await files.PackageAsync(("opt/a", "a")), await files.PackageAsync(("opt/b", "b")), await files.VolumeAsync());
        var machine = await engine.ForkAsync(Image);
        await engine.AttachAsync(machine, new Attachments([first], new VolumeAttachment(volume, VolumeKind.AppsAndProfile)));
        await engine.RunAsync(machine, "echo own >/opt/own");
        await engine.SignalAgentAsync(machine, "KILL");
        (await engine.RunAsync(machine, "hostname")).ShouldBe(machine.Hostname);

        var result = await engine.AttachAsync(machine, new Attachments([second], new VolumeAttachment(volume, VolumeKind.AppsAndProfile)));

        result.Packages.ShouldBeEmpty();
        result.Volume.ShouldBeNull();
        (await engine.RunAsync(machine, "ls /opt; cat /opt/own")).ShouldBe("b\nown\nown");
    }

    [Fact]
    public async Task Start_AfterAKill_KnowsWhatIsAttached()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveAttachedAsync(data, Token);

        await using var engine = await data.StartAsync();

        var machine = engine.Machines.Machines.ShouldHaveSingleItem();
        machine.Attached.Packages.ShouldBe([AbandonedEngine.Later, AbandonedEngine.Earlier]);
        machine.Attached.Volume.ShouldBe(new VolumeAttachment(AbandonedEngine.Volume, VolumeKind.AppsAndProfile));
        machine.Os.ShouldBe("debian-13");
        var two = await engine.ForkAsync(Image);
        (await engine.AttachAsync(two, new Attachments([], machine.Attached.Volume))).Volume!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await engine.AttachAsync(machine, new Attachments([AbandonedEngine.Earlier]))).Attached.Packages.ShouldBe([AbandonedEngine.Earlier]);
        (await engine.RunAsync(machine, "ls /opt")).ShouldBe("earlier");
    }

    [Fact]
    public async Task Attach_WhileAnotherIsInProgress_IsBusy()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var machine = await engine.ForkAsync(Image);
        await engine.SignalAgentAsync(machine, "STOP");
        var waiting = engine.Machines.AttachAsync(machine.MachineId, Attachments.None, Token);

        (await engine.Machines.AttachAsync(machine.MachineId, Attachments.None, Token)).Fault!.Code.ShouldBe(ErrorCode.Busy);

        await engine.Machines.DestroyAsync(machine.MachineId);
        (await waiting).Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task Attach_ToAMachineOfAnEarlierVersion_IsMachineStateWrong()
    {
        using var directory = new TemporaryDirectory();
        await using var bare = new BareFork(directory.Root, "tcg", Engine.Runtime.Qemu);
        using var image = await bare.PublishAsync(Token);
        var shell = await bare.StartShellAsync(image, Token);
        await BareFork.LoadAsync(shell, Token);
        var machine = new Machine
        {
            Id = "old",
            Hostname = "old",
            Image = image.Id,
            Qemu = shell.Machine,
            Uuid = shell.Uuid,
            Shape = image.Manifest.Shape,
            Agent = shell.Agent,
            Slot = shell.Network,
            Network = shell.Network.ToIdentity(IdentityMaker.RandomMac()),
            Timeline = new ForkTimeline(false, 0, 0),
        };
        var attacher = new Attacher(Engine.Data, Engine.Options, TimeProvider.System);

        var result = await attacher.AttachAsync(machine, AttachWish.Of(Engine.Data, Attachments.None), Token);

        result.Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task AwaitLaunch_ALauncherIsStarted_IsReturnedAndServedOnceItsPackageIsThere()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var files = new AppFiles(engine.Data, null);
        var package = await files.PackageAsync(("usr/share/applications/real.desktop", "[Desktop Entry]\n"));
        var machine = await engine.ForkAsync(Image);
        var launching = engine.Machines.AwaitLaunchAsync(machine.MachineId, [new Launcher("real", "Real", "real.desktop")], Token);
        await Eventually.HoldsAsync(async () => await engine.RunAsync(machine, "ls /run/mayfly/launched 2>/dev/null || true") == "real", "the launcher is shown", 60);
        (await engine.RunAsync(machine, "grep Exec /run/mayfly/share/applications/mayfly-launch-real.desktop")).ShouldBe("Exec=/usr/lib/mayfly/launch real");

        // What nobody was told of is ignored.
        await engine.RunAsync(machine, "head -c 100000 /dev/zero >/run/mayfly/launch; echo unknown >/run/mayfly/launch");
        launching.IsCompleted.ShouldBeFalse();
        await engine.RunAsync(machine, "(exec 3<>/run/mayfly/launched/real; echo real >/run/mayfly/launch; read -r entry <&3; echo $entry >/run/served) >/dev/null 2>&1 &");
        (await launching).Value.ShouldBe("real");
        (await engine.AttachAsync(machine, new Attachments([package]))).Packages.ShouldBeEmpty();

        await Eventually.HoldsAsync(async () => await engine.RunAsync(machine, "cat /run/served 2>/dev/null || true") == "real.desktop", "the launcher goes on", 60);
        var next = engine.Machines.AwaitLaunchAsync(machine.MachineId, [], Token);
        await Eventually.HoldsAsync(async () => await engine.RunAsync(machine, "ls /run/mayfly/share/applications") == "real.desktop", "the launcher is gone", 60);
        next.IsCompleted.ShouldBeFalse();
        await engine.Machines.DestroyAsync(machine.MachineId);
        (await next).Fault.ShouldNotBeNull();
    }
}
