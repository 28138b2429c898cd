namespace Mayfly.VmTests;

public sealed class AdmissionTests(Micro micro) : SideTest(micro)
{
    private const long MoreThanThereIs = 1L << 50;

    [Fact]
    public Task Fork_WithoutFreeMemory_IsRefusedBeforeAnythingStarts() =>
        RefusesForkAsync(options => options.MemoryReserveBytes = MoreThanThereIs, ErrorCode.HostMemoryLow);

    [Fact]
    public Task Fork_WithoutFreeDisk_IsRefusedBeforeAnythingStarts() =>
        RefusesForkAsync(options => options.DiskReserveBytes = MoreThanThereIs, ErrorCode.HostDiskLow);

    [Fact]
    public Task Publish_WithoutFreeMemory_IsRefusedBeforeAnythingStarts() =>
        RefusesPublishAsync(options => options.MemoryReserveBytes = MoreThanThereIs, ErrorCode.HostMemoryLow);

    [Fact]
    public Task Publish_WithoutFreeDisk_IsRefusedBeforeAnythingStarts() =>
        RefusesPublishAsync(options => options.DiskReserveBytes = MoreThanThereIs, ErrorCode.HostDiskLow);

    private async Task RefusesForkAsync(Action<EngineOptions> change, ErrorCode code)
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(change);
        var written = Directory.GetLastWriteTimeUtc(data.Machines);

        (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(code);
        // Shells are no way around it.
        engine.Machines.Expect(new Dictionary<ImageVersion, int> { [Image] = 1 });
        (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(code);

        NothingWasStarted(data, written);
    }

    private async Task RefusesPublishAsync(Action<EngineOptions> change, ErrorCode code)
    {
        var data = MakeData(published: false);
        await using var engine = await data.StartAsync(change);
        var written = Directory.GetLastWriteTimeUtc(data.Machines);

        (await engine.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault!.Code.ShouldBe(code);

        Directory.Exists(data.Warm).ShouldBeFalse();
        NothingWasStarted(data, written);
    }
}
