using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;

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

    [Theory]
    [InlineData(ProvisioningKind.Linked)]
    [InlineData(ProvisioningKind.Full)]
    public async Task Boot_WithoutFreeMemory_IsRefusedBeforeAnythingStarts(ProvisioningKind kind)
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(options => options.MemoryReserveBytes = MoreThanThereIs);
        var written = Directory.GetLastWriteTimeUtc(data.Machines);

        var fault = (await engine.Machines.ProvisionAsync(new ProvisionRequest("one", "one", Image) { Kind = kind }, null, Token)).Fault;

        fault!.Code.ShouldBe(ErrorCode.HostMemoryLow);
        NothingWasStarted(data, written);
    }

    [Fact]
    public Task Publish_WithoutFreeMemory_IsRefusedBeforeAnythingStarts() =>
        RefusesPublishAsync(options => options.MemoryReserveBytes = MoreThanThereIs, ErrorCode.HostMemoryLow);

    [Fact]
    public Task Publish_WithoutFreeDisk_IsRefusedBeforeAnythingStarts() =>
        RefusesPublishAsync(options => options.DiskReserveBytes = MoreThanThereIs, ErrorCode.HostDiskLow);

    [Fact]
    public async Task Fork_WhileAnotherIsUnderWay_DoesNotCountTheSameRoom()
    {
        using var disk = SmallDiskOrSkip(300);
        var data = MakeData(at: disk.Root);
        await using (var engine = await data.StartAsync(options => options.DiskReserveBytes = 0))
        {
            var running = new TaskCompletionSource();
            var first = engine.TryForkAsync(Image, new PostSyncScript(["sleep", "3"], TimeoutSeconds: 60), _ => running.SetResult());
            await running.Task.WaitAsync(Token);

            var refused = (await engine.TryForkAsync(Image)).Fault;

            refused!.Code.ShouldBe(ErrorCode.HostDiskLow);
            refused.Why.ShouldNotBeNull().ShouldContain("256 MiB promised to what is being started");
            (await first).Fault.ShouldBeNull();
            (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
        }

        await ReleaseAsync();
    }

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
