namespace Mayfly.VmTests;

/// <summary>Files that are damaged or lost under running machines.</summary>
public sealed class DamageTests(Micro micro) : SideTest(micro)
{
    [Fact]
    public async Task WarmImage_DamagedWhileLoaded_IsForkedOn_AndItsClonesLive()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(Watchful);
        await using var news = new News(engine);
        var before = await engine.ForkAsync(Image);

        foreach (var file in (string[])["memory", "warm.json"])
            Damage(data.OwnCopy(file));

        var after = await engine.ForkAsync(Image);
        await IsUntouchedAsync(engine, before, news);
        await IsUntouchedAsync(engine, after, news);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("empty.qcow2")]
    [InlineData("frozen.qcow2")]
    public async Task WarmImage_WithAFileLostWhileLoaded_IsRefused_AndItsClonesLive(string file)
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(Watchful);
        var bystander = await engine.ForkAsync(Image);

        File.Delete(Path.Combine(data.Warm, file));

        (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(ErrorCode.WarmImageCorrupt);
        Directory.GetDirectories(data.Machines).Length.ShouldBe(1);
        await IsUntouchedAsync(engine, bystander);

        // As it says.
        (await engine.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault.ShouldBeNull();
        await engine.ForkAsync(Image);
        await IsUntouchedAsync(engine, bystander);
    }

    [Fact]
    public async Task WarmImage_DamagedBeforeARestart_IsRefused_AndItsClonesAreTakenOver()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        Damage(data.OwnCopy("memory"));

        await using var engine = await data.StartAsync(Watchful);

        engine.Machines.Machines.Count.ShouldBe(2);
        (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(ErrorCode.WarmImageCorrupt);
        foreach (var machine in engine.Machines.Machines)
            await IsUntouchedAsync(engine, machine);
    }

    [Fact]
    public async Task Directory_LostUnderAMachine_TakesNothingFromIt_AndItCanBeDestroyed()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(Watchful);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));

        Directory.Delete(engine.Inside(machine).Qemu.Directory.Path, recursive: true);

        (await engine.RunAsync(machine, "echo mine >/data/file; sync; cat /data/file")).ShouldBe("mine");
        await using (var display = (await engine.Machines.OpenDisplayAsync(machine.MachineId, Token)).Value)
            await new RfbClient(display).ShakeHandsAsync(Token);
        await engine.Machines.DestroyAsync(machine.MachineId);
        Traces.Runs(machine.ProcessId).ShouldBeFalse();
        news.Heard.ShouldBeEmpty();
        await IsUntouchedAsync(engine, bystander, news);
    }

    [Fact]
    public async Task Directory_LostBeforeARestart_EndsThatMachineAlone()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveMachinesAsync(data, Token);
        var lost = Directory.GetFiles(data.Machines, "machine.json", SearchOption.AllDirectories)
            .Single(path => File.ReadAllText(path).Contains(AbandonedEngine.Second, StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(lost)!, recursive: true);

        await using var engine = await data.StartAsync(Watchful);

        var only = engine.Machines.Machines.ShouldHaveSingleItem();
        only.MachineId.ShouldBe(AbandonedEngine.First);
        Traces.Processes(data.Machines).ShouldBe([only.ProcessId]);
        await IsUntouchedAsync(engine, only);
    }

    [Fact]
    public async Task Log_FloodedByQemu_StaysShort_AndItsLastWordsAreKept()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(Watchful);
        await using var news = new News(engine);
        var machine = await engine.ForkAsync(Image);
        var log = Path.Combine(engine.Inside(machine).Qemu.Directory.Path, "qemu.log");

        // What QEMU would print is written through its own descriptor.
        await using (var output = new FileStream($"/proc/{machine.ProcessId}/fd/2", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0))
        {
            var line = System.Text.Encoding.UTF8.GetBytes(new string('x', 1023) + "\n");
            for (var i = 0; i < 4096; i++)
                output.Write(line);
            output.Write("and these are the last words\n"u8);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(engine.Inside(machine).Qemu.Directory.LastWords()!.EndsWith("and these are the last words", StringComparison.Ordinal)), "the last words are written");
        new FileInfo(log).Length.ShouldBeLessThanOrEqualTo(1 << 20);
        Outside.Kill(machine.ProcessId);
        (await news.ExitOfAsync(machine)).Why.ShouldNotBeNull().ShouldEndWith("and these are the last words");
    }

    private static void Damage(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(file, new byte[4096], RandomAccess.GetLength(file) / 2);
    }
}
