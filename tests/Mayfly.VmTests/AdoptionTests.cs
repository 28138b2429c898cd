namespace Mayfly.VmTests;

public sealed class AdoptionTests(Micro micro) : SideTest(micro)
{
    private static readonly string[] BothReady = [AbandonedEngine.First, AbandonedEngine.Second];

    [Fact]
    public async Task Start_AfterAKill_TakesReadyMachinesOverAndClearsTheRest()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        var left = Traces.Processes(data.Machines);
        left.Count.ShouldBe(4);

        await using var engine = await data.StartAsync();

        engine.Machines.Machines.Select(machine => machine.MachineId).Order().ShouldBe(BothReady);
        engine.Machines.Machines.ShouldAllBe(machine => machine.Ready && left.Contains(machine.ProcessId));
        Traces.Processes(data.Machines).Order().ShouldBe(engine.Machines.Machines.Select(machine => machine.ProcessId).Order());
        Directory.GetDirectories(data.Machines).Length.ShouldBe(2);
        foreach (var machine in engine.Machines.Machines)
            (await engine.RunAsync(machine, "hostname; cat /sys/class/net/e*/carrier")).ShouldBe($"{machine.Hostname}\n1");
    }

    [Fact]
    public async Task AdoptedMachine_KeepsItsNameAndAddress_AndShowsItsDisplay()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        await using var engine = await data.StartAsync();
        var addresses = engine.Machines.Machines.Select(machine => machine.Network!.Address).ToList();

        (await engine.TryForkAsync(Image, name: AbandonedEngine.First)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        addresses.ShouldNotContain((await engine.TryForkAsync(Image)).Value.Network!.Address);

        await using var display = (await engine.Machines.OpenDisplayAsync(AbandonedEngine.First, Token)).Value;
        var viewer = new RfbClient(display);
        await viewer.ShakeHandsAsync(Token);
        (await viewer.LookAsync(Token)).ShouldContain(value => value != 0);
    }

    [Fact]
    public async Task AdoptedMachine_CanBeDestroyed_AndItsEndIsReported()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        await using var engine = await data.StartAsync();
        var adopted = engine.Machines.Machines.ToDictionary(machine => machine.MachineId);

        await engine.Machines.DestroyAsync(AbandonedEngine.First);
        Traces.Runs(adopted[AbandonedEngine.First].ProcessId).ShouldBeFalse();
        engine.Machines.Machines.ShouldHaveSingleItem();

        Outside.Kill(adopted[AbandonedEngine.Second].ProcessId);
        (await engine.ExitOfAsync(adopted[AbandonedEngine.Second])).Fault.Code.ShouldBe(ErrorCode.MachineExited);
        engine.Machines.Machines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("without a name")]
    [InlineData("of another")]
    [InlineData("gone")]
    public async Task Start_WithADamagedRecord_ClearsThatMachineAlone(string damage)
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        var records = Directory.GetFiles(data.Machines, "machine.json", SearchOption.AllDirectories);
        var record = records.Single(path => File.ReadAllText(path).Contains(AbandonedEngine.Second, StringComparison.Ordinal));
        Damage(record, damage, records.Single(path => path != record));

        await using var engine = await data.StartAsync();

        var only = engine.Machines.Machines.ShouldHaveSingleItem();
        only.MachineId.ShouldBe(AbandonedEngine.First);
        (await engine.RunAsync(only, "hostname")).ShouldBe(AbandonedEngine.First);
        Traces.Processes(data.Machines).ShouldBe([only.ProcessId]);
        Directory.GetDirectories(data.Machines).Length.ShouldBe(1);
    }

    private static void Damage(string record, string damage, string other)
    {
        var text = File.ReadAllText(record);
        switch (damage)
        {
            case "cut short": File.WriteAllText(record, text[..(text.Length / 2)]); break;
            case "without a name": File.WriteAllText(record, text.Replace($"\"{AbandonedEngine.Second}\"", "null", StringComparison.Ordinal)); break;
            case "of another": File.Copy(other, record, overwrite: true); break;
            case "gone": File.Delete(record); break;
            default: File.WriteAllText(record, damage); break;
        }
    }
}
