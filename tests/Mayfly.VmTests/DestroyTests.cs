using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

public sealed class DestroyTests(Micro micro) : VmTest(micro)
{
    private static readonly PostSyncScript Endless = new(["sleep", "600"], TimeoutSeconds: 600);

    [Fact]
    public async Task Destroy_AReadyMachine_RemovesAllOfItAtOnce()
    {
        var clone = await ForkAsync();

        await Machines.DestroyAsync(clone.MachineId);

        NothingRuns();
        Traces.Runs(clone.ProcessId).ShouldBeFalse();
        (await Machines.ExecAsync(clone.MachineId, new ExecRequest(["true"]), Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Destroy_RepeatedAndAtOnce_IsNoFailure()
    {
        var (clone, bystander) = (await ForkAsync(), await ForkAsync());

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Machines.DestroyAsync(clone.MachineId)));
        await Machines.DestroyAsync(clone.MachineId);
        await Machines.DestroyAsync("never-was");

        Machines.Machines.ShouldHaveSingleItem().MachineId.ShouldBe(bystander.MachineId);
        (await RunAsync(bystander, "echo alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Destroy_DuringAFork_CancelsIt()
    {
        var running = new TaskCompletionSource<HostMachine>();
        var name = Engine.NewName();
        var forking = Engine.TryForkAsync(Image, Endless, running.SetResult, name);
        (await running.Task.WaitAsync(Token)).Ready.ShouldBeFalse();

        await Machines.DestroyAsync(name);

        (await forking).Fault!.Code.ShouldBe(ErrorCode.MachineExited);
        NothingRuns();
    }

    [Fact]
    public async Task Fork_Cancelled_LeavesNothingNotEvenItsId()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = new ProvisionRequest(Engine.NewName(), "clone", Image);

        await Should.ThrowAsync<OperationCanceledException>(() => Machines.ProvisionAsync(request with { PostSync = Endless }, _ => cancel.Cancel(), cancel.Token));

        NothingRuns();
        (await Machines.ProvisionAsync(request, null, Token)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Fork_OfAnIdThatIsTaken_IsRefused()
    {
        var clone = await ForkAsync();

        (await Engine.TryForkAsync(Image, name: clone.MachineId)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await RunAsync(clone, "echo alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Qemu_KilledFromOutside_IsReportedAndRemoved()
    {
        var clone = await ForkAsync();

        Outside.Kill(clone.ProcessId);

        var exit = await Engine.ExitOfAsync(clone);
        exit.Fault.Code.ShouldBe(ErrorCode.MachineExited);
        exit.Fault.What.ShouldContain("killed by SIGKILL");
        NothingRuns();
    }

    [Fact]
    public async Task Qemu_KilledDuringClonePrep_IsAFaultOfTheFork()
    {
        var fault = (await Engine.TryForkAsync(Image, Endless, running => Outside.Kill(running.ProcessId))).Fault;

        fault!.Code.ShouldBeOneOf(ErrorCode.AgentSilent, ErrorCode.MachineExited, ErrorCode.MachineUnresponsive);
        NothingRuns();
    }

    [Theory]
    [InlineData("poweroff -f")]
    [InlineData("reboot -f")]
    [InlineData("echo c >/proc/sysrq-trigger")]
    public async Task Guest_ThatEndsItself_IsReportedAndRemoved(string command)
    {
        var clone = await ForkAsync();

        // Its answer, if any, is of no interest: the guest ends while it is given.
        var asked = Machines.ExecAsync(clone.MachineId, new ExecRequest(["sh", "-c", $"echo 1 >/proc/sys/kernel/panic; {command}"]), Token);

        (await Engine.ExitOfAsync(clone)).Fault.Code.ShouldBe(ErrorCode.MachineExited);
        (await asked).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);
        NothingRuns();
    }

    private void NothingRuns()
    {
        Machines.Machines.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Engine.Data.Machines).ShouldBeEmpty();
        Traces.Processes(Engine.Data.Machines).ShouldBeEmpty();
        Traces.Sockets(Engine.Data.Machines).ShouldBeEmpty();
    }
}
