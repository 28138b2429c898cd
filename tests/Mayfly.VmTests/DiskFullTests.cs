using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

public sealed class DiskFullTests(Micro micro) : SideTest(micro)
{
    private const int Mib = 1 << 20;
    private const int PastAdmission = -1 << 30;
    private SmallDisk? _disk;

    [Fact]
    public async Task Guest_WritingToAFullDisk_StandsStillAndGoesOnWithoutLossOnceThereIsRoom()
    {
        await using var engine = await MakeSmallData(60).StartAsync(ForSmallDisk);
        await using var news = new News(engine);
        var (machine, bystander) = (await engine.ForkAsync(Image), await engine.ForkAsync(Image));
        _disk!.FillUpTo(4 * Mib);
        SetReserve(engine, 8 * Mib);

        var writing = engine.Machines.ExecAsync(
            machine.MachineId, new ExecRequest(["sh", "-c", "dd if=/dev/urandom of=/data/big bs=1M count=12 2>/dev/null; sync; sha256sum /data/big"], TimeoutSeconds: 120), Token);

        var trouble = await news.TroubleOfAsync(machine);
        trouble.Code.ShouldBe(ErrorCode.MachineDiskFull);
        trouble.Why.ShouldNotBeNull().ShouldContain(_disk.Root);
        trouble.Remedy.ShouldNotBeNull().ShouldContain("8 MiB");
        await IsUntouchedAsync(engine, bystander, news);
        Traces.Runs(machine.ProcessId).ShouldBeTrue();

        _disk.Empty();

        await news.RecoveryOfAsync(machine);
        (await writing).Value.ExitCode.ShouldBe(0);
        var before = (await writing).Value.Stdout;
        (await engine.RunAsync(machine, "echo 3 >/proc/sys/vm/drop_caches; sha256sum /data/big")).ShouldBe(before.TrimEnd());
        await IsUntouchedAsync(engine, bystander, news);
    }

    [Fact]
    public async Task Fork_OnAFullDisk_IsAClearFaultAndLeavesNothing()
    {
        var data = MakeSmallData(60);
        await using var engine = await data.StartAsync(ForSmallDisk);
        var bystander = await engine.ForkAsync(Image);
        _disk!.FillUpTo(0);

        var fault = (await engine.TryForkAsync(Image)).Fault;

        fault!.Code.ShouldBe(ErrorCode.HostDiskLow, fault.ToString());
        fault.Remedy.ShouldNotBeNullOrEmpty();
        Directory.GetDirectories(data.Machines).Length.ShouldBe(1);
        await IsUntouchedAsync(engine, bystander);
        _disk.Empty();
        (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("Booting the parent")]
    [InlineData("Waiting for a drawn, quiet desktop")]
    [InlineData("Freezing")]
    [InlineData("Writing memory and hashes")]
    public async Task Publish_WhenTheDiskFillsUp_FailsClearlyAndLeavesNothing(string step)
    {
        var data = MakeSmallData(60, published: false);
        await using var engine = await data.StartAsync(ForSmallDisk);
        var bystander = await ForkAsync();

        var fault = (await engine.Images.PublishAsync(Image.Name, Image.Version, new At(step, () => _disk!.FillUpTo(0)), Token)).Fault;

        fault!.Code.ShouldBeOneOf(ErrorCode.HostDiskLow, ErrorCode.PublishFailed);
        fault.Why.ShouldNotBeNullOrEmpty(fault.ToString());
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(data.Warm)!).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        Traces.Processes(data.Root).ShouldBeEmpty();
        await IsUntouchedAsync(Engine, bystander);
    }

    protected override async ValueTask ReleaseAsync()
    {
        await base.ReleaseAsync();
        _disk?.Dispose();
    }

    /// <summary>Small disks have room for what a test does and for nothing that admission would want.</summary>
    private static void ForSmallDisk(EngineOptions options)
    {
        Watchful(options);
        options.DiskReserveBytes = PastAdmission;
    }

    private static void SetReserve(RunningEngine engine, long bytes) => engine.Options.DiskReserveBytes = bytes;

    private SideData MakeSmallData(int mib, bool published = true)
    {
        _disk = SmallDiskOrSkip(mib);
        return MakeData(published, _disk.Root);
    }
}
