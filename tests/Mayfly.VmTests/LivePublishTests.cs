using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Qmp;

namespace Mayfly.VmTests;

/// <summary>A running machine that becomes an image and goes on.</summary>
public sealed class LivePublishTests(Micro micro) : SideTest(micro)
{
    private const string Name = "class";
    private const string ReadMark = "cat /data/mark";
    private const string Identity = "hostname; cat /etc/machine-id; head -c 16 /dev/urandom | od -An -tx1";

    [Fact]
    public async Task Publish_OfARunningMachine_IsForkedWithAllThatIsInIt_AndTheMachineGoesOn()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var source = await engine.ForkAsync(Image);
        await engine.RunAsync(source, $"{Counter.Start}; echo before >/data/mark; sync");
        await using var display = (await engine.Machines.OpenDisplayAsync(source.MachineId, Token)).Value;
        var before = await Counter.ReadAsync(engine, source);

        var image = await PublishAsync(engine, source);

        (await engine.Inside(source).Qemu.Qmp.ListDevicesAsync(Token)).ShouldContain("clipboard0");
        await engine.RunAsync(source, "echo after >/data/mark; sync");
        var clones = await Task.WhenAll(engine.ForkAsync(image), engine.ForkAsync(image));
        foreach (var clone in clones)
        {
            (await engine.RunAsync(clone, ReadMark)).ShouldBe("before");
            (await Counter.ReadAsync(engine, clone)).ShouldBeGreaterThanOrEqualTo(before);
            (await engine.RunAsync(clone, "ip -4 addr show")).ShouldContain(clone.Network!.Address);
        }

        var identities = await Task.WhenAll(clones.Append(source).Select(machine => engine.RunAsync(machine, Identity)));
        identities.SelectMany(identity => identity.Split('\n')).Distinct().Count().ShouldBe(9);
        await engine.RunAsync(clones[0], "echo clone >/data/mark; sync");
        await Counter.GoesOnAsync(engine, clones[1]);
        await Counter.GoesOnAsync(engine, source);
        (await engine.RunAsync(source, $"echo 3 >/proc/sys/vm/drop_caches; {ReadMark}")).ShouldBe("after");
    }

    [Fact]
    public async Task Image_OfARunningMachine_StandsWithoutAllItWasMadeOf()
    {
        var data = MakeData();
        var first = await data.StartAsync();
        var source = await first.ForkAsync(Image);
        await first.RunAsync(source, $"{Counter.Start}; echo before >/data/mark; sync");
        var image = await PublishAsync(first, source);
        await first.Machines.DestroyAsync(source.MachineId);
        (await first.Images.UnpublishAsync(Image, Token)).Fault.ShouldBeNull();
        File.Delete(Path.Combine(data.Root, "images", Image.Name, Image.Version));
        await first.LeaveAsync();

        await using var second = await data.StartAsync();

        (await second.Images.ListAsync(Token)).Single(one => one.Versions.Count > 0).Versions.Single().Source.ShouldBe("machine");
        await Counter.GoesOnAsync(second, await second.ForkAsync(image));
        foreach (var kind in (ProvisioningKind[])[ProvisioningKind.Linked, ProvisioningKind.Full])
            (await second.RunAsync(await second.MakeAsync(image, kind), ReadMark)).ShouldBe("before", kind.ToString());
    }

    [Fact]
    public async Task Publish_OfOneMachineAgainAndAgain_ItsClonesStandOnAllLayers()
    {
        const int Times = 10;
        await using var engine = await MakeData().StartAsync();
        var source = await engine.ForkAsync(Image);
        var image = Image;
        for (var time = 1; time <= Times; time++)
        {
            await engine.RunAsync(source, $"echo {time} >>/data/mark; sync");
            image = await PublishAsync(engine, source);
        }

        var all = string.Join('\n', Enumerable.Range(1, Times));
        (await engine.RunAsync(await engine.ForkAsync(image), ReadMark)).ShouldBe(all);
        (await engine.RunAsync(await engine.MakeAsync(image, ProvisioningKind.Linked), ReadMark)).ShouldBe(all);
    }

    [Fact]
    public async Task Start_AfterMayflydWasKilled_TakesOverWhatWasPublishedAndWhatStoodStillForIt()
    {
        var data = MakeData();
        await AbandonedEngine.LeaveCopiedAsync(data, Token);

        await using var engine = await data.StartAsync();

        var machines = engine.Machines.Machines.ToDictionary(machine => machine.MachineId);
        await Counter.GoesOnAsync(engine, machines[AbandonedEngine.First]);
        await Counter.GoesOnAsync(engine, machines[AbandonedEngine.Second]);
        var kept = machines[AbandonedEngine.Running];
        var image = await PublishAsync(engine, kept);
        await engine.RunAsync(kept, "echo three >/data/three; sync");
        (await engine.RunAsync(await engine.ForkAsync(image), "cat /data/one /data/two; ls /data/three 2>/dev/null || true")).ShouldBe("one\ntwo");
        await engine.Machines.StopAsync(kept.MachineId, TimeSpan.FromSeconds(60));
        var started = await engine.StartAsync(kept.MachineId);
        (await engine.RunAsync(started, "cat /data/one /data/two /data/three")).ShouldBe("one\ntwo\nthree");
        Directory.GetFiles(engine.Inside(started).Qemu.Directory.Path, "disk.*").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Publish_GivenUp_LeavesNothingAndTheMachineGoesOn()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var source = await engine.ForkAsync(Image);
        await engine.RunAsync(source, Counter.Start);
        var files = Files(data);

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Should.ThrowAsync<OperationCanceledException>(
            () => engine.Images.PublishMachineAsync(source.MachineId, Name, new At("Copying memory while the machine goes on", cancel.Cancel), cancel.Token));
        engine.Options.LiveCopyDeadline = TimeSpan.FromMilliseconds(1);
        var late = await engine.Images.PublishMachineAsync(source.MachineId, Name, new Progress<StepProgress>(), Token);

        late.Fault!.Code.ShouldBe(ErrorCode.PublishFailed);
        Files(data).ShouldBe(files);
        await Counter.GoesOnAsync(engine, source);
        await IsUntouchedAsync(engine, source);
    }

    [Fact]
    public async Task Publish_OfWhatCanNotBeCopied_IsRefused()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var package = await new AppFiles(engine.Data, null).PackageAsync(("opt/one", "1"));
        var (source, other) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));
        var publish = async (string machine, string image) => (await engine.Images.PublishMachineAsync(machine, image, new Progress<StepProgress>(), Token)).Fault!;

        (await publish("nobody", Name)).Code.ShouldBe(ErrorCode.NotFound);
        (await publish(source.MachineId, "Not A Name")).Code.ShouldBe(ErrorCode.InvalidRequest);
        await engine.AttachAsync(source, new Attachments([package]));
        var attached = await publish(source.MachineId, Name);
        (attached.Code, attached.Why!.Contains("attached", StringComparison.Ordinal)).ShouldBe((ErrorCode.MachineStateWrong, true));
        await engine.Inside(other).Qemu.Qmp.StopAsync(Token);
        (await publish(other.MachineId, Name)).Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    private static async Task<ImageVersion> PublishAsync(RunningEngine engine, HostMachine machine)
    {
        var published = await engine.Images.PublishMachineAsync(machine.MachineId, Name, new Progress<StepProgress>(), Token);
        published.Fault.ShouldBeNull();
        TestContext.Current.SendDiagnosticMessage(
            $"{machine.Hostname} stood still for {(await engine.Images.ListAsync(Token)).SelectMany(image => image.Versions).Single(version => version.Version == published.Value.Version).Warm!.PauseSeconds * 1e3:0} ms");
        return published.Value;
    }

    // Names of images stay as empty directories.
    private static string[] Files(SideData data) =>
        [.. ((string[])["images", "warm", "machines"]).SelectMany(part => Directory.GetFiles(Path.Combine(data.Root, part), "*", SearchOption.AllDirectories)).Order()];
}
