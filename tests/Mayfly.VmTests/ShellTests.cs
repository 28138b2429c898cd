namespace Mayfly.VmTests;

public sealed class ShellTests(Micro micro) : VmTest(micro)
{
    [Fact]
    public async Task Fork_WithShellsReady_TakesOneAndIsFollowedByANewOne()
    {
        await HoldAsync(2);
        var shells = Traces.Processes(Engine.Data.Machines);

        var clone = await ForkAsync();

        clone.Timeline.ShellReady.ShouldBeTrue();
        shells.ShouldContain(clone.ProcessId);
        clone.Trace.Where(step => step.Depth == 0).Select(step => step.Name).ShouldBe(["load", "clone-prep", "connect-network", "write-down"]);
        clone.Trace.ShouldContain(step => step.Name == "hostname" && step.Depth == 1);
        await ReadyAsync(2);
        Traces.Processes(Engine.Data.Machines).Count.ShouldBe(3);
        (await RunAsync(clone, "hostname")).ShouldBe(clone.Hostname);
    }

    [Fact]
    public async Task Expect_None_LetsAllShellsGoButNoMachine()
    {
        await HoldAsync(2);
        var clone = await ForkAsync();
        await ReadyAsync(2);

        Machines.Expect(new Dictionary<ImageVersion, int>());

        await Eventually.HoldsAsync(() => Task.FromResult(Traces.Processes(Engine.Data.Machines) is [var only] && only == clone.ProcessId), "only the machine is left");
        Engine.Runtime.Rack.Ready(Image).ShouldBe(0);
        // A process ends before its directory is removed.
        await Eventually.HoldsAsync(() => Task.FromResult(Directory.GetDirectories(Engine.Data.Machines).Length == 1), "only the machine's directory is left");
        (await RunAsync(clone, "echo alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Shell_KilledFromOutside_IsReplaced()
    {
        await HoldAsync(1);
        var killed = Traces.Processes(Engine.Data.Machines).Single();

        Outside.Kill(killed);

        await Eventually.HoldsAsync(() => Task.FromResult(Traces.Processes(Engine.Data.Machines) is [var other] && other != killed), "another shell runs", 60);
        await ReadyAsync(1);
        Directory.GetDirectories(Engine.Data.Machines).Length.ShouldBe(1);
        (await ForkAsync()).Timeline.ShellReady.ShouldBeTrue();
    }

    [Fact]
    public async Task Fork_WithoutShells_StartsItsOwn()
    {
        var clone = await ForkAsync();

        clone.Timeline.ShellReady.ShouldBeFalse();
        clone.Ready.ShouldBeTrue();
        Traces.Processes(Engine.Data.Machines).ShouldBe([clone.ProcessId]);
    }

    [Fact]
    public async Task TenForksAtOnce_OnTwoShells_AllBecomeReady()
    {
        await HoldAsync(2);

        var clones = await ForkManyAsync(10);

        clones.Count(clone => clone.Timeline.ShellReady).ShouldBeGreaterThanOrEqualTo(2);
        clones.Select(clone => clone.Network!.Address).Distinct().Count().ShouldBe(10);
        await ReadyAsync(2);
    }

    private Task HoldAsync(int shells)
    {
        Machines.Expect(new Dictionary<ImageVersion, int> { [Image] = shells });
        return ReadyAsync(shells);
    }

    private Task ReadyAsync(int shells) =>
        Eventually.HoldsAsync(() => Task.FromResult(Engine.Runtime.Rack.Ready(Image) == shells), $"{shells} shells are ready", 60);
}
