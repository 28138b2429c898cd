namespace Mayfly.HouseVmTests;

/// <summary>Fork, log in, log off, destroy, over and over: everything is back where it was at the start.</summary>
public sealed class SoakTests(MicroImages images, ITestOutputHelper output)
{
    private const int WarmUpCycles = 50;
    private const int Users = 4;

    // Two machines and two shells.
    private const int Resting = 4;

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
        // Shells are held ready behind the forks, and what is surplus goes: both have come to rest when the machines are two, and what runs for them is what is expected.
        await Clock.UntilAsync(
            async () => (await house.Api.MachinesAsync()).Count == 2 && (Processes(), Directories()) is (Resting, Resting), "two machines and two shells", 60);
        return new Measure(
            Processes(), Directories(),
            HostTraces.Descriptors(house.Daemon.ProcessId), HostTraces.DiskBytes("/dev/shm"), HostTraces.DiskBytes(house.Data), HostTraces.PrivateBytes(house.Daemon.ProcessId));

        int Processes() => HostTraces.Processes(house.Data).Count;

        int Directories() => Directory.GetDirectories(Path.Combine(house.Data, "machines")).Length;
    }

    private sealed record Measure(int Processes, int MachineDirectories, int Descriptors, long SharedMemoryBytes, long DiskBytes, long DaemonBytes);
}
