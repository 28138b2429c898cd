using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;

namespace Mayfly.VmTests;

/// <summary>Machines whose disk and identity outlive their process.</summary>
public sealed class KeptMachineTests(Micro micro) : SideTest(micro)
{
    private const string WriteMark = "echo mine >/data/mark; sync";
    private const string ReadMark = "cat /data/mark";
    private const string LastingIdentity = "hostname; cat /etc/machine-id; cat /sys/class/net/e*/address; ip -4 -o address show scope global";
    private const string BootId = "cat /proc/sys/kernel/random/boot_id";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(ProvisioningKind.Instant)]
    [InlineData(ProvisioningKind.Linked)]
    [InlineData(ProvisioningKind.Full)]
    public async Task StopAndStart_KeepDiskAndIdentity(ProvisioningKind kind)
    {
        var machine = await Engine.MakeAsync(Image, kind, keep: true);
        await RunAsync(machine, WriteMark);
        var (identity, boot) = (await RunAsync(machine, LastingIdentity), await RunAsync(machine, BootId));

        (await Machines.StopAsync(machine.MachineId, Grace)).Fault.ShouldBeNull();

        var off = Machines.Machines.ShouldHaveSingleItem();
        (off.Phase, off.ProcessId, off.Network).ShouldBe((MachinePhase.Off, 0, machine.Network));
        Traces.Runs(machine.ProcessId).ShouldBeFalse();
        (await Machines.ExecAsync(machine.MachineId, new ExecRequest(["true"]), Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await Machines.StopAsync(machine.MachineId, Grace)).Fault.ShouldBeNull();

        var phases = new List<MachinePhase>();
        var started = (await Machines.StartAsync(machine.MachineId, now => phases.Add(now.Phase), Token)).Value;

        phases.ShouldBe([MachinePhase.Booting, MachinePhase.Customizing]);
        started.Phase.ShouldBe(MachinePhase.Ready);
        (await RunAsync(started, ReadMark)).ShouldBe("mine");
        (await RunAsync(started, LastingIdentity)).ShouldBe(identity);
        (await RunAsync(started, BootId)).ShouldNotBe(boot);
        (await Machines.StartAsync(machine.MachineId, null, Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task HostKey_OfAKeptMachine_IsTheSameAfterAStart()
    {
        const string ReadKey = "cat /etc/ssh/ssh_host_ecdsa_key";
        // The micro image has no SSH server: here it has at least the directory of one.
        var data = MakeData(published: false);
        InitrdAddition.AddDirectory(data.OwnGoldenCopy("initrd"), "etc/ssh");
        await using var engine = await data.StartAsync();
        var machine = await engine.MakeAsync(Image, ProvisioningKind.Linked, keep: true);
        var key = await engine.RunAsync(machine, ReadKey);

        await engine.Machines.StopAsync(machine.MachineId, TimeSpan.Zero);

        (await engine.RunAsync(await engine.StartAsync(machine.MachineId), ReadKey)).ShouldBe(key);
        var record = Directory.GetFiles(data.Machines, "machine.json", SearchOption.AllDirectories).Single();
        File.GetUnixFileMode(record).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Disk_OfAKeptFork_HeedsFlushesAlthoughAShellIsReady()
    {
        const string Heeds = "\"no-flush\":false";
        Machines.Expect(new Dictionary<ImageVersion, int> { [Image] = 1 });
        await Eventually.HoldsAsync(() => Task.FromResult(Engine.Runtime.Rack.Ready(Image) == 1), "a shell is ready", 60);

        var kept = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);

        CommandLine(kept).ShouldContain(Heeds);
        CommandLine(await ForkAsync()).ShouldNotContain(Heeds);
    }

    [Fact]
    public async Task PostSync_OfAKeptMachine_RunsOnce()
    {
        var once = new PostSyncScript(["sh", "-c", "echo once >>/data/once; sync"]);
        var request = new ProvisionRequest(Engine.NewName(), "kept", Image, once) { Keep = true };
        (await Machines.ProvisionAsync(request, null, Token)).Fault.ShouldBeNull();
        await Machines.StopAsync(request.MachineId, Grace);

        (await RunAsync(await Engine.StartAsync(request.MachineId), "cat /data/once")).ShouldBe("once");
    }

    [Fact]
    public async Task Qemu_KilledFromOutside_IsOffAndStartsAgain()
    {
        var machine = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await RunAsync(machine, WriteMark);

        Outside.Kill(machine.ProcessId);

        var exit = await Engine.ExitOfAsync(machine);
        (exit.Kept, exit.Fault.Code).ShouldBe((true, ErrorCode.MachineExited));
        Machines.Machines.ShouldHaveSingleItem().Phase.ShouldBe(MachinePhase.Off);
        (await RunAsync(await Engine.StartAsync(machine.MachineId), ReadMark)).ShouldBe("mine");
    }

    [Fact]
    public async Task Stop_IsNoNews_AndTheGuestsOwnEndIs()
    {
        var machine = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await Machines.StopAsync(machine.MachineId, Grace);
        var started = await Engine.StartAsync(machine.MachineId);

        _ = Machines.ExecAsync(machine.MachineId, new ExecRequest(["poweroff", "-f"]), Token);

        // One piece of news, and no other of the stop.
        var exit = await Engine.ExitOfAsync(started);
        exit.Kept.ShouldBeTrue();
        exit.Fault.What.ShouldContain("from inside");
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Token);
        soon.CancelAfter(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Machines.WatchAsync(soon.Token).FirstAsync(soon.Token));
    }

    [Fact]
    public async Task Destroy_OfAMachineThatIsOff_LeavesNothing()
    {
        var machine = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await Machines.StopAsync(machine.MachineId, TimeSpan.Zero);

        await Machines.DestroyAsync(machine.MachineId);

        NothingIsLeft();
        (await Machines.StartAsync(machine.MachineId, null, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await Machines.StopAsync(machine.MachineId, Grace)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Destroy_DuringAStart_LeavesNothing()
    {
        var machine = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await Machines.StopAsync(machine.MachineId, TimeSpan.Zero);
        var booting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var starting = Machines.StartAsync(machine.MachineId, _ => booting.TrySetResult(), Token);
        await booting.Task.WaitAsync(Token);
        Machines.Machines.ShouldHaveSingleItem().Phase.ShouldBe(MachinePhase.Booting);
        var busy = (await Machines.StartAsync(machine.MachineId, null, Token)).Fault!;
        (busy.Code, busy.What.Contains("start", StringComparison.Ordinal)).ShouldBe((ErrorCode.Busy, true));
        (await Machines.StopAsync(machine.MachineId, Grace)).Fault!.Code.ShouldBe(ErrorCode.Busy);

        await Machines.DestroyAsync(machine.MachineId);

        (await starting).Fault!.Code.ShouldBe(ErrorCode.MachineExited);
        NothingIsLeft();
    }

    [Fact]
    public async Task Start_Cancelled_LeavesItOff()
    {
        var machine = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await RunAsync(machine, WriteMark);
        await Machines.StopAsync(machine.MachineId, Grace);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Should.ThrowAsync<OperationCanceledException>(() => Machines.StartAsync(machine.MachineId, _ => cancel.Cancel(), cancel.Token));

        Machines.Machines.ShouldHaveSingleItem().Phase.ShouldBe(MachinePhase.Off);
        Traces.Processes(Engine.Data.Machines).ShouldBeEmpty();
        (await RunAsync(await Engine.StartAsync(machine.MachineId), ReadMark)).ShouldBe("mine");
    }

    [Fact]
    public async Task Stop_OfAGuestThatDoesNotListen_CutsItOff_AndDestroyDoesNotWaitForIt()
    {
        var machine = await Engine.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await RunAsync(machine, WriteMark);
        await Engine.SignalAgentAsync(machine, "STOP");
        var stopping = Machines.StopAsync(machine.MachineId, TimeSpan.FromMinutes(10));

        await Machines.DestroyAsync(machine.MachineId);

        (await stopping).Fault.ShouldBeNull();
        NothingIsLeft();
    }

    [Fact]
    public async Task Stop_AndStart_OfAMachineThatIsNotKept_AreRefused()
    {
        var machine = await ForkAsync();

        (await Machines.StopAsync(machine.MachineId, Grace)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await Machines.StartAsync(machine.MachineId, null, Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await RunAsync(machine, "echo alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task WarmImage_AKeptMachineStandsOn_IsNeitherRemovedNorReplaced()
    {
        var data = MakeData();
        var first = await data.StartAsync();
        var machine = await first.MakeAsync(Image, ProvisioningKind.Instant, keep: true);
        await first.RunAsync(machine, WriteMark);
        await first.Machines.StopAsync(machine.MachineId, Grace);
        (await first.Images.UnpublishAsync(Image, Token)).Fault!.Code.ShouldBe(ErrorCode.ImageInUse);
        await first.LeaveAsync();
        await File.WriteAllTextAsync(data.OwnCopy("state"), "damaged", Token);

        await using var second = await data.StartAsync();

        (await second.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault!.Code.ShouldBe(ErrorCode.ImageInUse);
        (await second.RunAsync(await second.StartAsync(machine.MachineId), ReadMark)).ShouldBe("mine");
        await second.Machines.DestroyAsync(machine.MachineId);
        (await second.Images.UnpublishAsync(Image, Token)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Unpublish_WhileBootedMachinesAreThere_IsDone()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var machine = await engine.MakeAsync(Image, ProvisioningKind.Linked, keep: true);

        (await engine.Images.UnpublishAsync(Image, Token)).Fault.ShouldBeNull();

        await engine.Machines.StopAsync(machine.MachineId, TimeSpan.Zero);
        (await engine.RunAsync(await engine.StartAsync(machine.MachineId), "hostname")).ShouldBe(machine.Hostname);
    }

    private static string CommandLine(HostMachine machine) => File.ReadAllText($"/proc/{machine.ProcessId}/cmdline");

    private void NothingIsLeft()
    {
        Machines.Machines.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Engine.Data.Machines).ShouldBeEmpty();
        Traces.Processes(Engine.Data.Machines).ShouldBeEmpty();
    }
}
