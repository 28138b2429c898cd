using Mayfly.Contracts;
using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Tests.Hosts;

public sealed class AdmissionTests
{
    // More than half of what is free, so that it fits once and not twice whatever else the host does meanwhile.
    private static readonly int s_mostOfTheDisk = (int)((new DriveInfo(Path.GetTempPath()).AvailableFreeSpace >> 20) * 6 / 10);
    private readonly Admission _admission = new(
        new EngineOptions { MemoryReserveBytes = long.MinValue / 2, DiskReserveBytes = 0 }, new DataDirectory(Path.GetTempPath()));

    [Fact]
    public void Reserve_TwiceAtOnce_DoesNotPromiseTheSameRoomTwice()
    {
        using var first = _admission.ForPublish(s_mostOfTheDisk).Value;

        var second = _admission.ForPublish(s_mostOfTheDisk).Fault;

        second!.Code.ShouldBe(ErrorCode.HostDiskLow);
        second.Why.ShouldNotBeNull().ShouldContain($"{s_mostOfTheDisk} MiB promised to what is being started");
    }

    [Fact]
    public void Reserve_AfterTheFirstGaveItBack_Succeeds()
    {
        var first = _admission.ForPublish(s_mostOfTheDisk).Value;
        first.Dispose();
        first.Dispose();
        using var second = _admission.ForPublish(s_mostOfTheDisk).Value;
        _admission.ForPublish(s_mostOfTheDisk).Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reserve_ByManyAtTheSameMoment_AdmitsOne()
    {
        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _admission.ForPublish(s_mostOfTheDisk).Fault is null)));
        admitted.Count(yes => yes).ShouldBe(1);
    }
}
