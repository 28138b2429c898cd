namespace Mayfly.HouseVmTests.Hosts;

/// <summary>
/// Whatever parts of a house of two hosts are killed or cut off, in any order and up to three at once: it comes to itself, and nobody's desktop is
/// lost but with its own machine.
/// </summary>
public sealed class AnyPartTests(MicroImages images, ITestOutputHelper output)
{
    private const int MostAtOnce = 3;
    private static readonly int s_faults = Length.Of("MAYFLY_FAULTS", 24);

    [Fact]
    public async Task AnyPart_KilledOrCutOff_LeavesHouseAndHostsInAgreement()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var scene = await Scene.StartAsync(images, hosts: 2);
        await scene.AddPoolAsync(spare: 2, "ann", "bob");
        for (var faults = 0; faults < s_faults;)
        {
            var held = new Dictionary<string, SessionView> { ["ann"] = await scene.House.OpenAsync("ann", "p"), ["bob"] = await scene.House.OpenAsync("bob", "p") };
            var machine = await scene.MachineAsync(held["ann"].Machine);
            var parts = Parts(scene, random, machine.ProcessId!.Value);
            random.Shuffle(parts);
            var chosen = parts[..random.Next(1, MostAtOnce + 1)];
            faults += chosen.Length;
            var round = $"seed {seed}, {faults} faults, now {string.Join(" and ", chosen.Select(part => part.Name))}";

            await Task.WhenAll(chosen.Select(part => part.BreakAsync()));

            var lost = chosen.Any(part => part.EndsMachine) ? machine : null;
            await Clock.UntilAsync(async () => IsWhole(await scene.House.Api.MachinesAsync(), lost), $"{round}: the pool is whole", 90);
            await scene.IsWholeAsync();
            foreach (var (user, session) in held.Where(entry => entry.Value.Machine != lost?.Name))
                (await scene.House.OpenAsync(user, "p")).Id.ShouldBe(session.Id, $"{round}: {user}");
            output.WriteLine(round);
            if (random.Next(4) == 0) await scene.House.LogOffAsync("bob", await scene.House.OpenAsync("bob", "p"));
        }
    }

    private static bool IsWhole(List<MachineView> machines, MachineView? lost) =>
        machines.TrueForAll(machine => machine.Id != lost?.Id) && machines.Count(machine => machine.State == MachineState.Available) == 2;

    /// <summary>All that can break, each mended again after a while.</summary>
    private static Part[] Parts(Scene scene, Random random, int machine) =>
    [
        new("a desktop", () => { Signals.Kill(machine); return Task.CompletedTask; }, EndsMachine: true),
        Part.Of("the server", scene.House.KillDaemonAsync, scene.House.StartDaemonAsync, random.Next(2000)),
        .. scene.Hosts.SelectMany(host => (Part[])
        [
            Part.Of(host.Name, host.KillAsync, host.StartAsync, random.Next(2000)),
            Part.Of($"the network of {host.Name}", random.Next(2) == 0 ? host.Network.CutAsync : host.Network.CutAnswersAsync, host.Network.HealAsync, random.Next(8000)),
        ]),
    ];

    private sealed record Part(string Name, Func<Task> BreakAsync, bool EndsMachine = false)
    {
        public static Part Of(string name, Func<Task> breakAsync, Func<Task> mendAsync, int milliseconds) => new(name, async () =>
        {
            await breakAsync();
            await Task.Delay(milliseconds);
            await mendAsync();
        });
    }
}
