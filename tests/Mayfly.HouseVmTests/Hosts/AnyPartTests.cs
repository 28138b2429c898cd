namespace Mayfly.HouseVmTests.Hosts;

/// <summary>Whatever part of a house of two hosts is killed or cut off, in any order: it comes to itself, and nobody's desktop is lost but with its own machine.</summary>
public sealed class AnyPartTests(MicroImages images)
{
    private static readonly int s_rounds = Length.Of("MAYFLY_FAULT_ROUNDS", 12);

    [Fact]
    public async Task AnyPart_KilledOrCutOff_LeavesHouseAndHostsInAgreement()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var scene = await Scene.StartAsync(images, hosts: 2);
        await scene.AddPoolAsync(spare: 2, "ann", "bob");
        for (var round = 1; round <= s_rounds; round++)
        {
            var held = new Dictionary<string, SessionView> { ["ann"] = await scene.House.OpenAsync("ann", "p"), ["bob"] = await scene.House.OpenAsync("bob", "p") };
            var lost = await BreakAsync(scene, random, held.Values);
            await Clock.UntilAsync(async () => (await scene.AvailableAsync()).Count == 2, $"round {round} of seed {seed}: the pool is whole", 90);
            await scene.IsWholeAsync();
            foreach (var (user, session) in held.Where(entry => entry.Value.Machine != lost))
                (await scene.House.OpenAsync(user, "p")).Id.ShouldBe(session.Id, $"round {round} of seed {seed}: {user}");
            if (random.Next(4) == 0) await scene.House.LogOffAsync("bob", await scene.House.OpenAsync("bob", "p"));
        }
    }

    /// <summary>Breaks something and mends it.</summary>
    /// <returns>The machine that was lost with it, of those held, or null.</returns>
    private static async Task<string?> BreakAsync(Scene scene, Random random, IEnumerable<SessionView> held)
    {
        var host = scene.Hosts[random.Next(scene.Hosts.Count)];
        switch (random.Next(4))
        {
            case 0:
                await host.KillAsync();
                await Task.Delay(random.Next(2000));
                await host.StartAsync();
                return null;
            case 1:
                await scene.House.KillDaemonAsync();
                await Task.Delay(random.Next(2000));
                await scene.House.StartDaemonAsync();
                return null;
            case 2:
                await (random.Next(2) == 0 ? host.Network.CutAsync() : host.Network.CutAnswersAsync());
                await Task.Delay(random.Next(8000));
                await host.Network.HealAsync();
                return null;
            default:
                var machine = (await scene.House.Api.MachinesAsync()).Single(one => one.Name == held.First().Machine);
                Signals.Kill(machine.ProcessId!.Value);
                // Its session ends with it, once that has been heard.
                await Clock.UntilAsync(async () => !(await scene.House.Api.MachinesAsync()).Exists(one => one.Id == machine.Id), "its end is known", 60);
                return machine.Name;
        }
    }
}
