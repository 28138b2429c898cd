using System.Globalization;
using Mayfly.Engine.Limits;

namespace Mayfly.VmTests;

/// <summary>Control groups: their settings on a directory laid out as the kernel's, their life in the kernel's own.</summary>
public sealed class LimitTests(Micro micro) : SideTest(micro)
{
    private readonly TemporaryDirectory _laidOut = new();

    [Fact]
    public async Task Fork_WhereTheHostHasLimits_IsPutIntoAGroupWithThem()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(limits: new ControlGroupRoot(_laidOut.Root, ["memory", "pids", "cpu"]));

        var machine = await engine.ForkAsync(Image);

        var group = Directory.GetDirectories(_laidOut.Root).ShouldHaveSingleItem();
        Setting(group, "cgroup.procs").ShouldBe(machine.ProcessId.ToString(CultureInfo.InvariantCulture));
        Setting(group, "memory.max").ShouldBe(((96 + 1 + 256) * 1024L * 1024L).ToString(CultureInfo.InvariantCulture));
        Setting(group, "memory.swap.max").ShouldBe("0");
        Setting(group, "pids.max").ShouldBe("256");
        Setting(group, "cpu.weight").ShouldBe("100");
        (await engine.Machines.ExamineAsync(Token)).Value.Checks.Single(check => check.Name == "limits").Level.ShouldBe("ok");
    }

    [Fact]
    public async Task Exit_AfterTheKernelEndedItForItsMemory_SaysSo()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(limits: new ControlGroupRoot(_laidOut.Root, ["memory"]));
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));
        await File.WriteAllTextAsync(Path.Combine(engine.Inside(machine).Qemu.Group!.Path, "memory.events"), "low 0\noom 1\noom_kill 1\n", Token);

        Outside.Kill(machine.ProcessId);

        var cause = await news.ExitOfAsync(machine);
        cause.What.ShouldContain("used more memory than its limit of 353 MiB");
        await IsUntouchedAsync(engine, bystander, news);
    }

    [Fact]
    public async Task Examine_WhereTheHostHasNoLimits_SaysWhyAndWhatToDo()
    {
        await using var engine = await MakeData().StartAsync(limits: ControlGroupRoot.Find(null, []));

        var check = (await engine.Machines.ExamineAsync(Token)).Value.Checks.Single(one => one.Name == "limits");

        check.Level.ShouldBe("warning");
        check.Remedy.ShouldNotBeNull().ShouldContain("Delegate=yes");
        (await engine.ForkAsync(Image)).Ready.ShouldBeTrue();
    }

    [Fact]
    public async Task Group_InTheKernel_HoldsItsMachine_SurvivesMayfly_AndGoesWithTheMachine()
    {
        using var groups = KernelGroups.OrSkip();
        var limits = new ControlGroupRoot(groups.Root, []);
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token, groups.Root);
        Directory.CreateDirectory(Path.Combine(groups.Root, "vm-left-by-a-crash"));

        await using var engine = await data.StartAsync(limits: limits);

        engine.Machines.Machines.Count.ShouldBe(2);
        Directory.GetDirectories(groups.Root).Length.ShouldBe(2);
        foreach (var machine in engine.Machines.Machines)
        {
            (await File.ReadAllTextAsync($"/proc/{machine.ProcessId}/cgroup", Token)).ShouldContain(Path.GetFileName(engine.Inside(machine).Qemu.Group!.Path));
            await engine.Machines.DestroyAsync(machine.MachineId);
        }

        Directory.GetDirectories(groups.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Machine_UsingMoreThanItsLimit_IsEndedAloneAndTheReasonIsTold()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        if ((await engine.Machines.ExamineAsync(Token)).Value.Checks.Single(check => check.Name == "limits") is { Level: not "ok" } lack)
            Assert.Skip($"This host has no limits to test: {lack.Message}");
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        engine.Inside(machine).Qemu.Group!.Write("memory.max", (4 << 20).ToString(CultureInfo.InvariantCulture));

        (await news.ExitOfAsync(machine)).What.ShouldContain("used more memory than its limit");
        await IsUntouchedAsync(engine, bystander, news);
    }

    protected override async ValueTask ReleaseAsync()
    {
        await base.ReleaseAsync();
        _laidOut.Dispose();
    }

    private static string Setting(string group, string name) => File.ReadAllText(Path.Combine(group, name));
}
