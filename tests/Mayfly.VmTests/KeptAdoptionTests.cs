namespace Mayfly.VmTests;

/// <summary>Kept machines when mayflyd is killed, alone or with all of the host.</summary>
public sealed class KeptAdoptionTests(Micro micro) : SideTest(micro)
{
    private const string ReadMark = "cat /data/mark";

    [Fact]
    public async Task Start_AfterMayflydWasKilled_TakesOverWhatWasReadyAndTurnsOffWhatWasStarting()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveKeptMachinesAsync(data, Token);
        Traces.Processes(data.Machines).Count.ShouldBe(3);

        await using var engine = await data.StartAsync();

        Phases(engine).ShouldBe(
            [(AbandonedEngine.Running, MachinePhase.Ready), (AbandonedEngine.Starting, MachinePhase.Off), (AbandonedEngine.First, MachinePhase.Ready)]);
        Traces.Processes(data.Machines).Count.ShouldBe(2);
        (await engine.RunAsync(Of(engine, AbandonedEngine.Running), ReadMark)).ShouldBe(AbandonedEngine.Running);
        (await engine.RunAsync(await engine.StartAsync(AbandonedEngine.Starting), ReadMark)).ShouldBe(AbandonedEngine.Starting);
        Outside.Kill(Of(engine, AbandonedEngine.Running).ProcessId);
        (await engine.ExitOfAsync(Of(engine, AbandonedEngine.Running))).Kept.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_AfterTheHostWentDown_HasKeptMachinesOffAndTheirDisks()
    {
        var data = MakeData();
        await GoDownAsync(data);

        await using var engine = await data.StartAsync();

        Phases(engine).ShouldBe([(AbandonedEngine.Running, MachinePhase.Off), (AbandonedEngine.Starting, MachinePhase.Off)]);
        Directory.GetDirectories(data.Machines).Length.ShouldBe(2);
        var addresses = engine.Machines.Machines.Select(machine => machine.Network!.Address).ToList();
        addresses.ShouldNotContain((await engine.TryForkAsync(Image)).Value.Network!.Address);
        var started = await engine.StartAsync(AbandonedEngine.Running);
        (await engine.RunAsync(started, ReadMark)).ShouldBe(AbandonedEngine.Running);
        (await engine.RunAsync(started, "cat /sys/class/net/e*/address")).ShouldBe(started.Network!.Mac);
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("of another")]
    [InlineData("gone")]
    public async Task Start_WithADamagedRecordOfAKeptMachine_PutsItsDiskAside(string damage)
    {
        var data = MakeData();
        await GoDownAsync(data);
        var records = Directory.GetFiles(data.Machines, "machine.json", SearchOption.AllDirectories);
        var record = records.Single(path => File.ReadAllText(path).Contains($"\"{AbandonedEngine.Running}\"", StringComparison.Ordinal));
        Damage(record, damage, records.First(path => path != record));

        await using var engine = await data.StartAsync();

        engine.Machines.Machines.ShouldHaveSingleItem().MachineId.ShouldBe(AbandonedEngine.Starting);
        Directory.GetDirectories(data.Machines).Length.ShouldBe(1);
        var aside = Directory.GetDirectories(engine.Data.Quarantine).ShouldHaveSingleItem();
        Path.GetFileName(aside).ShouldBe(Path.GetFileName(Path.GetDirectoryName(record)));
        File.Exists(Path.Combine(aside, "disk.qcow2")).ShouldBeTrue();
    }

    private static void Damage(string record, string damage, string other)
    {
        switch (damage)
        {
            case "cut short": File.WriteAllText(record, File.ReadAllText(record)[..20]); break;
            case "of another": File.Copy(other, record, overwrite: true); break;
            default: File.Delete(record); break;
        }
    }

    private static HostMachine Of(RunningEngine engine, string id) => engine.Machines.Machines.Single(machine => machine.MachineId == id);

    private static (string Id, MachinePhase Phase)[] Phases(RunningEngine engine) =>
        [.. engine.Machines.Machines.Select(machine => (machine.MachineId, machine.Phase)).OrderBy(one => one.MachineId, StringComparer.Ordinal)];

    private static async Task GoDownAsync(SideData data)
    {
        await AbandonedEngine.LeaveKeptMachinesAsync(data, Token);
        foreach (var process in Traces.Processes(data.Machines))
            Outside.Kill(process);
        await Eventually.HoldsAsync(() => Task.FromResult(Traces.Processes(data.Machines).Count == 0), "all processes have ended");
    }
}
