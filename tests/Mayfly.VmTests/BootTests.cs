using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;

namespace Mayfly.VmTests;

/// <summary>Machines that boot: linked and full ones.</summary>
public sealed class BootTests(Micro micro) : SideTest(micro)
{
    private static readonly PostSyncScript LookAtTheCable = new(["sh", "-c", "cat /sys/class/net/e*/carrier >/run/cable"]);

    [Theory]
    [InlineData(ProvisioningKind.Linked)]
    [InlineData(ProvisioningKind.Full)]
    public async Task Provision_WithoutAWarmImage_IsReadyWithAnIdentityOfItsOwn(ProvisioningKind kind)
    {
        var data = MakeData(published: false);
        await using var engine = await data.StartAsync();
        var phases = new List<MachinePhase>();
        var request = new ProvisionRequest("m-1", "desk-1", Image, LookAtTheCable) { Kind = kind, Mac = "02:00:00:00:00:07" };

        var made = await engine.Machines.ProvisionAsync(request, machine => phases.Add(machine.Phase), Token);

        made.Fault.ShouldBeNull();
        var machine = engine.Machines.Machines.ShouldHaveSingleItem();
        machine.ShouldBe(made.Value);
        (machine.Phase, machine.Hostname, machine.Network!.Mac).ShouldBe((MachinePhase.Ready, "desk-1", request.Mac));
        phases.ShouldBe([MachinePhase.Booting, MachinePhase.Customizing]);
        (await engine.RunAsync(machine, "hostname; cat /sys/class/net/e*/address")).ShouldBe($"desk-1\n{request.Mac}");
        (await engine.RunAsync(machine, "ip -4 -o address show scope global")).ShouldContain($"inet {machine.Network.Address}/{machine.Network.PrefixLength} ");
        (await engine.RunAsync(machine, "cat /etc/machine-id")).ShouldMatch("^[0-9a-f]{32}$");
        // Out until ClonePrep is done.
        (await engine.RunAsync(machine, "cat /run/cable /sys/class/net/e*/carrier")).ShouldBe("0\n1");
        Traces.Processes(data.Machines).ShouldBe([machine.ProcessId]);
    }

    [Fact]
    public async Task LinkedFullAndInstant_SideBySide_HaveNothingInCommon()
    {
        HostMachine[] machines =
        [
            await Engine.MakeAsync(Image, ProvisioningKind.Linked), await Engine.MakeAsync(Image, ProvisioningKind.Full), await ForkAsync(),
        ];

        foreach (var fact in (string[])["cat /etc/machine-id", "cat /proc/sys/kernel/random/boot_id", "cat /sys/class/net/e*/address", "hostname"])
        {
            var answers = await Task.WhenAll(machines.Select(machine => RunAsync(machine, fact)));
            answers.Distinct().Count().ShouldBe(machines.Length, $"{fact}: {string.Join(", ", answers)}");
        }

        machines.Select(machine => machine.Network!.Address).Distinct().Count().ShouldBe(machines.Length);
    }

    [Theory]
    [InlineData(ProvisioningKind.Linked)]
    [InlineData(ProvisioningKind.Full)]
    public async Task Disk_WrittenInABootedMachine_ReachesNeitherTheGoldenDiskNorOthers(ProvisioningKind kind)
    {
        const string LastSector = "dd if=/dev/vda bs=512 skip=131071 2>/dev/null | md5sum";
        var golden = (await Engine.Store.FindAsync(Image.Name, Image.Version, Token)).Value;
        var before = await File.ReadAllBytesAsync(golden.PathOf(golden.Manifest.Disk.File), Token);
        var writer = await Engine.MakeAsync(Image, kind);
        var original = await RunAsync(writer, LastSector);

        await RunAsync(writer, "echo secret >/data/secret; head -c 512 /dev/urandom | dd of=/dev/vda bs=512 seek=131071; sync; echo 3 >/proc/sys/vm/drop_caches");

        (await RunAsync(writer, LastSector)).ShouldNotBe(original);
        (await File.ReadAllBytesAsync(golden.PathOf(golden.Manifest.Disk.File), Token)).AsSpan().SequenceEqual(before).ShouldBeTrue();
        var other = await Engine.MakeAsync(Image, ProvisioningKind.Linked);
        (await RunAsync(other, LastSector)).ShouldBe(original);
        (await RunAsync(other, "ls /data")).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Full_WhenTheGoldenDiskIsLost_StartsFromItsOwn()
    {
        var data = MakeData(published: false);
        var disk = data.OwnGoldenCopy("disk.raw");
        await using var engine = await data.StartAsync();
        var machine = await engine.MakeAsync(Image, ProvisioningKind.Full, keep: true);
        await engine.RunAsync(machine, "echo mine >/data/mark; sync");
        (await engine.Machines.StopAsync(machine.MachineId, TimeSpan.FromSeconds(30))).Fault.ShouldBeNull();

        await File.WriteAllTextAsync(disk, "lost", Token);

        (await engine.RunAsync(await engine.StartAsync(machine.MachineId), "cat /data/mark")).ShouldBe("mine");
    }

    [Theory]
    [InlineData(MachinePhase.Booting)]
    [InlineData(MachinePhase.Customizing)]
    public async Task Destroy_DuringABoot_LeavesNothing(MachinePhase phase)
    {
        var there = new TaskCompletionSource<HostMachine>(TaskCreationOptions.RunContinuationsAsynchronously);
        var booting = Machines.ProvisionAsync(Linked(), machine => OnPhase(machine, phase, there), Token);
        var machine = await there.Task.WaitAsync(Token);

        await Machines.DestroyAsync(machine.MachineId);

        (await booting).Fault!.Code.ShouldBe(ErrorCode.MachineExited);
        NothingIsLeft(machine.ProcessId);
    }

    [Fact]
    public async Task Provision_Cancelled_LeavesNothingNotEvenItsId()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = Linked();
        var processId = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => Machines.ProvisionAsync(request, machine => CancelAt(machine), cancel.Token));

        NothingIsLeft(processId);
        (await Machines.ProvisionAsync(request, null, Token)).Fault.ShouldBeNull();

        void CancelAt(HostMachine machine)
        {
            processId = machine.ProcessId;
            cancel.Cancel();
        }
    }

    [Fact]
    public async Task Qemu_KilledDuringTheBoot_IsAFaultOfTheProvisioning()
    {
        var fault = (await Machines.ProvisionAsync(Linked(), machine => Outside.Kill(machine.ProcessId), Token)).Fault;

        fault!.Code.ShouldBeOneOf(ErrorCode.MachineExited, ErrorCode.AgentSilent);
        NothingIsLeft(0);
    }

    [Fact]
    public async Task Agent_ThatIsNotHeardInTime_IsAFaultOfTheProvisioning()
    {
        var data = MakeData(published: false);
        await using var engine = await data.StartAsync(options => options.BootDeadline = TimeSpan.FromMilliseconds(500));

        (await engine.Machines.ProvisionAsync(Linked(), null, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);

        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        Traces.Processes(data.Machines).ShouldBeEmpty();
    }

    [Fact]
    public async Task Provision_OfWhatCanNotBe_IsRefused()
    {
        var request = Linked();

        (await Machines.ProvisionAsync(request with { Mac = "03:00:00:00:00:07" }, null, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await Machines.ProvisionAsync(request with { Image = new ImageVersion("nothing", "1") }, null, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        NothingIsLeft(0);
    }

    private static void OnPhase(HostMachine machine, MachinePhase phase, TaskCompletionSource<HostMachine> there)
    {
        if (machine.Phase == phase)
            there.TrySetResult(machine);
    }

    private ProvisionRequest Linked() => new(Engine.NewName(), "linked", Image) { Kind = ProvisioningKind.Linked };

    private void NothingIsLeft(int processId)
    {
        Machines.Machines.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Engine.Data.Machines).ShouldBeEmpty();
        Traces.Processes(Engine.Data.Machines).ShouldBeEmpty();
        if (processId > 0)
            Traces.Runs(processId).ShouldBeFalse();
    }
}
