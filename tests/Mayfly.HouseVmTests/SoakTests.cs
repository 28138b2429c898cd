namespace Mayfly.HouseVmTests;

/// <summary>Fork, log in, log off, destroy, over and over: everything is back where it was at the start.</summary>
public sealed class SoakTests(MicroImages images, ITestOutputHelper output)
{
    private const int WarmUpCycles = 50;
    private const int Users = 4;

    // What a garbage collector may hold on to after some hundred requests more.
    private const long MemorySlack = 48L << 20;
    private const int DescriptorSlack = 8;

    // The database and its log grow with events and ended sessions: a few hundred bytes a cycle.
    private const long DatabaseBytesPerCycle = 16 << 10;

    private static readonly int s_cycles = Length.Of("MAYFLY_SOAK_CYCLES", 100);

    [Fact]
    public async Task Cycles_OfLogInAndLogOff_LeaveEverythingAsItWas()
    {
        await using var house = await TestHouse.StartAsync(images, images.First);
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "soak", Image = "micro", Spare = 2, Maximum = 8 });
        var users = Enumerable.Range(1, Users).Select(number => $"user{number}").ToArray();
        await house.AddUsersAsync("soak", users);

        await CycleAsync(house, users, WarmUpCycles);
        var before = await MeasureAsync(house);
        await CycleAsync(house, users, s_cycles);
        var after = await MeasureAsync(house);

        output.WriteLine($"before {before}\nafter  {after}, {s_cycles} cycles");
        after.Processes.ShouldBe(before.Processes);
        after.SharedMemoryBytes.ShouldBe(before.SharedMemoryBytes);
        after.MachineDirectories.ShouldBe(before.MachineDirectories);
        after.Descriptors.ShouldBeLessThanOrEqualTo(before.Descriptors + DescriptorSlack);
        after.DiskBytes.ShouldBeLessThan(before.DiskBytes + (s_cycles * DatabaseBytesPerCycle) + (8 << 20));
        after.DaemonBytes.ShouldBeLessThan(before.DaemonBytes + MemorySlack);
    }

    private static Task CycleAsync(TestHouse house, string[] users, int cycles) => Task.WhenAll(users.Select(async user =>
    {
        for (var cycle = 0; cycle < cycles / users.Length; cycle++)
        {
            var session = await house.OpenAsync(user, "soak");
            await house.LogOffAsync(user, session);
        }
    }));

    private static async Task<Measure> MeasureAsync(TestHouse house)
    {
        await house.AvailableAsync("soak", 2);
        // Shells are held ready behind the forks: their number has come to rest when it is what is expected.
        await Clock.UntilAsync(() => Task.FromResult(HostTraces.Processes(house.Data).Count == 4), "two machines and two shells", 60);
        return new Measure(
            HostTraces.Processes(house.Data).Count, Directory.GetDirectories(Path.Combine(house.Data, "machines")).Length,
            HostTraces.Descriptors(house.Daemon.ProcessId), HostTraces.DiskBytes("/dev/shm"), HostTraces.DiskBytes(house.Data), HostTraces.PrivateBytes(house.Daemon.ProcessId));
    }

    private sealed record Measure(int Processes, int MachineDirectories, int Descriptors, long SharedMemoryBytes, long DiskBytes, long DaemonBytes);
}
