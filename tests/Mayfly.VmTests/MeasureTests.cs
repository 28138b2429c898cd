namespace Mayfly.VmTests;

public sealed class MeasureTests(Micro micro) : VmTest(micro)
{
    private const long Mib = 1 << 20;

    [Fact]
    public async Task Measure_TellsSharedMemoryOnce_AndOwnMemoryAndDiskByMachine()
    {
        var (writer, bystander) = (await ForkAsync(), await ForkAsync());
        var before = await Machines.MeasureAsync(Token);

        await RunAsync(writer, "dd if=/dev/urandom of=/dev/shm/own bs=1M count=12 && dd if=/dev/urandom of=/data/own bs=1M count=8 && sync");

        // While the host's file system finds places for what was written, it counts it nowhere.
        var after = await Machines.MeasureAsync(Token);
        await Eventually.HoldsAsync(
            async () => Of(after = await Machines.MeasureAsync(Token), writer).DiskBytes - Of(before, writer).DiskBytes >= 8 * Mib,
            "what was written is counted", instead: () => $"{Of(after, writer)} after {Of(before, writer)}");
        (Of(after, writer).PrivateBytes - Of(before, writer).PrivateBytes).ShouldBeInRange(10 * Mib, 48 * Mib);
        (Of(after, writer).DiskBytes - Of(before, writer).DiskBytes).ShouldBeInRange(8 * Mib, 12 * Mib);
        (Of(after, bystander).PrivateBytes - Of(before, bystander).PrivateBytes).ShouldBeInRange(-4 * Mib, 4 * Mib);
        Of(after, bystander).DiskBytes.ShouldBeLessThan(1 * Mib);
        var stored = Engine.Runtime.WarmImages.Loaded(Image)!.Manifest.Memory.StoredBytes;
        after.SharedBytes.ShouldBeInRange(stored, 96 * Mib);
        after.AvailableBytes.ShouldBeInRange(1, after.MemoryBytes);
        after.FreeDiskBytes.ShouldBePositive();
    }

    private static MachineUsage Of(HostUsage usage, HostMachine machine) => usage.Machines.Single(one => one.MachineId == machine.MachineId);
}
