using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

/// <summary>What a machine can suffer while it runs: it is reported, it alone, and nothing is done to it.</summary>
public sealed class TroubleTests(Micro micro) : SideTest(micro)
{
    // A program's parent in the guest is the agent. The one that lets it go on outlives it, and needs no one to answer.
    private const string StopAgentForAWhile = "(sleep 8; kill -CONT $0) >/dev/null 2>&1 & kill -STOP $PPID";

    // The next agent is a script that writes a length no frame has, and only then becomes the real one.
    private const string LieOnce = """
        cd /usr/lib/mayfly && mv mayfly-agent truthful && cat >mayfly-agent <<'END' && chmod 755 mayfly-agent && kill -KILL $PPID
        #!/bin/sh
        port=$(grep -l org.mayfly.agent /sys/class/virtio-ports/*/name)
        port=${port%/name}
        printf '\377\377\377\377lies' >/dev/${port##*/}
        sleep 2
        exec /usr/lib/mayfly/truthful
        END
        """;

    [Fact]
    public async Task Qemu_Stopped_IsTroubleUntilItGoesOn_AndNoDeath()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        Outside.Freeze(machine.ProcessId);

        var trouble = await news.TroubleOfAsync(machine);
        trouble.Code.ShouldBe(ErrorCode.MachineUnresponsive);
        trouble.What.ShouldContain(machine.Hostname);
        TroubleOf(engine, machine).ShouldBe(trouble);
        Traces.Runs(machine.ProcessId).ShouldBeTrue();
        await IsUntouchedAsync(engine, bystander, news);

        Outside.Thaw(machine.ProcessId);

        await news.RecoveryOfAsync(machine);
        TroubleOf(engine, machine).ShouldBeNull();
        (await engine.RunAsync(machine, "hostname")).ShouldBe(machine.Hostname);
        news.Heard.Count.ShouldBe(2, string.Join(", ", news.Heard));
    }

    [Fact]
    public async Task Qemu_StoppedOverARestart_IsTakenOverInTrouble()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        var stopped = Traces.Processes(data.Machines).Single(id => File.ReadAllText($"/proc/{id}/cmdline").Contains(KeyOf(data, AbandonedEngine.Second), StringComparison.Ordinal));
        Outside.Freeze(stopped);

        await using var engine = await data.StartAsync(Watchful);

        await using var news = new News(engine);
        var machine = engine.Machines.Machines.Single(one => one.ProcessId == stopped);
        (await news.TroubleOfAsync(machine)).Code.ShouldBe(ErrorCode.MachineUnresponsive);
        await IsUntouchedAsync(engine, engine.Machines.Machines.Single(one => one.ProcessId != stopped), news);
        Outside.Thaw(stopped);
        await news.RecoveryOfAsync(machine);
        (await engine.RunAsync(machine, "hostname")).ShouldBe(AbandonedEngine.Second);
        engine.Inside(machine).Qemu.Qmp.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task ControlConnection_Dropped_IsMadeAnewWithoutTrouble()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var machine = await engine.ForkAsync(Image);
        var qemu = engine.Inside(machine).Qemu;
        var first = qemu.Qmp;

        await first.DisposeAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(qemu.Qmp != first), "there is another connection");
        await using (var display = (await engine.Machines.OpenDisplayAsync(machine.MachineId, Token)).Value)
            await new RfbClient(display).ShakeHandsAsync(Token);
        await IsUntouchedAsync(engine, machine, news);
    }

    [Fact]
    public async Task Agent_Silent_IsTroubleUntilItAnswers()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        var stopping = engine.Machines.ExecAsync(machine.MachineId, new ExecRequest(["sh", "-c", $"sh -c '{StopAgentForAWhile}' $PPID"], TimeoutSeconds: 5), Token);

        (await news.TroubleOfAsync(machine)).Code.ShouldBe(ErrorCode.AgentSilent);
        await IsUntouchedAsync(engine, bystander, news);
        await news.RecoveryOfAsync(machine);
        await stopping;
        (await engine.RunAsync(machine, "hostname")).ShouldBe(machine.Hostname);
    }

    [Fact]
    public async Task Agent_BreakingTheProtocol_IsTroubleAndConnectedAnew()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        var lying = engine.Machines.ExecAsync(machine.MachineId, new ExecRequest(["sh", "-c", LieOnce], TimeoutSeconds: 20), Token);

        (await news.TroubleOfAsync(machine)).Code.ShouldBe(ErrorCode.AgentProtocol);
        (await lying).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
        await news.RecoveryOfAsync(machine);
        (await engine.RunAsync(machine, "hostname")).ShouldBe(machine.Hostname);
        await IsUntouchedAsync(engine, bystander, news);
    }

    [Fact]
    public async Task Exec_ThatTakesLong_IsNotDisturbedByTheWatch()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var machine = await engine.ForkAsync(Image);

        (await engine.RunAsync(machine, "sleep 6; echo done")).ShouldBe("done");

        news.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task Qemu_Crashing_IsReportedBySignalName_AndNobodyElseIsTouched()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        Outside.Crash(machine.ProcessId);

        var cause = await news.ExitOfAsync(machine);
        cause.Code.ShouldBe(ErrorCode.MachineExited);
        cause.What.ShouldContain("crashed with SIGSEGV");
        news.Heard.ShouldHaveSingleItem();
        await IsUntouchedAsync(engine, bystander, news);
    }

    [Fact]
    public async Task Guest_OutOfMemory_ConcernsThatMachineAlone()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        // The guest's kernel ends what asks for too much; what becomes of the program is the guest's affair.
        await engine.Machines.ExecAsync(machine.MachineId, new ExecRequest(["sh", "-c", "tail /dev/zero"], TimeoutSeconds: 60), Token);

        await IsUntouchedAsync(engine, bystander, news);
        Traces.Runs(machine.ProcessId).ShouldBeTrue();
        await Eventually.HoldsAsync(async () => (await engine.Machines.ExecAsync(machine.MachineId, new ExecRequest(["true"], TimeoutSeconds: 5), Token)).Fault is null, "the guest answers", 60);
    }

    [Fact]
    public async Task Guest_OutOfMemory_LosesTheProgramAndKeepsItsAgent()
    {
        await using var engine = await MakeData().StartAsync(Watchful);
        var machine = await engine.ForkAsync(Image);
        var agent = await engine.RunAsync(machine, "echo $PPID");

        await engine.Machines.ExecAsync(machine.MachineId, new ExecRequest(["sh", "-c", "tail /dev/zero"], TimeoutSeconds: 60), Token);

        (await engine.RunAsync(machine, "echo $PPID; cat /proc/$PPID/oom_score_adj /proc/self/oom_score_adj")).ShouldBe($"{agent}\n-900\n0");
    }

    /// <summary>Name of the directory of an abandoned machine.</summary>
    private static string KeyOf(SideData data, string machineId) => Path.GetFileName(Path.GetDirectoryName(
        Directory.GetFiles(data.Machines, "machine.json", SearchOption.AllDirectories).Single(path => File.ReadAllText(path).Contains($"\"{machineId}\"", StringComparison.Ordinal)))!);

    private static Fault? TroubleOf(RunningEngine engine, HostMachine machine) => engine.Machines.Machines.Single(other => other.MachineId == machine.MachineId).Trouble;
}
