using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Machines;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Machines;

/// <summary>Much happens at once, and the house is killed again and again: no machine ever serves two users, and nothing leaks.</summary>
public sealed class AlreadyUsedTests : HouseTestBase
{
    private const int Houses = 4;
    private static readonly string[] Users = [.. Enumerable.Range(1, 8).Select(n => $"user{n}")];
    private static readonly string[] Pools = ["p", "q"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Anything_AtRandom_NoMachineServesTwoUsersAndNothingLeaks(int seed)
    {
        for (var number = 0; number < Houses; number++)
        {
            var house = await BeginAsync(number);
            var random = new Random((seed * 1000) + number);
            var actors = Enumerable.Range(0, 6).Select(_ => ActAsync(house, new Random(random.Next()))).ToList();
            await Task.WhenAll(actors);
            await house.DisposeAsync();
            foreach (var machine in Host.Machines.Where(_ => random.Next(6) == 0)) Host.Vanish(machine.MachineId);
            foreach (var machine in Host.Machines.Where(m => m.Hostname[0] == 'p' && random.Next(4) == 0)) Host.TurnOff(machine.MachineId);
        }

        await using var last = await BeginAsync(Houses);
        await SettledAsync(last);
        var sessions = await last.ReadAsync(context => context.Sessions.Select(s => new { s.MachineId, s.User }).ToList());
        sessions.Count.ShouldBeGreaterThan(20);
        sessions.GroupBy(s => s.MachineId).ShouldAllBe(machine => machine.Select(s => s.User).Distinct().Count() == 1);
    }

    private async Task<House> BeginAsync(int number)
    {
        var house = await StartAsync(o => o with { OpenWait = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromMilliseconds(200) });
        if (number > 0) return house;
        await house.AddPoolAsync(Dedicated(1, 6) with { Attempts = 10 }, Users);
        await house.AddPoolAsync(new CreatePoolRequest { Name = "q", Image = "micro", Version = "v1", Spare = 2, Maximum = 6 }, Users);
        return house;
    }

    private async Task ActAsync(House house, Random random)
    {
        for (var step = 0; step < 25; step++)
        {
            var machines = await house.Machines.ListAsync(PoolScope.House, default);
            if (machines.Count == 0 || random.Next(2) == 0) await UseAsync(house, random);
            else await DisturbAsync(house, random, machines[random.Next(machines.Count)]);
        }
    }

    private static async Task UseAsync(House house, Random random)
    {
        var (user, pool) = (Users[random.Next(Users.Length)], Pools[random.Next(Pools.Length)]);
        var opened = await house.Broker.OpenAsync(user, pool, default);
        if (opened.Fault is null && random.Next(3) > 0) await house.LogOffAsync(opened.Value);
    }

    private async Task DisturbAsync(House house, Random random, MachineView machine)
    {
        var (actions, holding) = (house.Get<MachineActions>(), house.Get<MachineHolding>());
        switch (random.Next(10))
        {
            case 0: Host.Crash(machine.Id); break;
            case 1: Host.Trouble(machine.Id); break;
            case 2: Host.Recover(machine.Id); break;
            case 3: await actions.ResetAsync(machine.Name, "test", default); break;
            case 4: await actions.RebuildAsync(machine.Name, "test", default); break;
            case 5: await actions.RecoverAsync(machine.Name, "test", default); break;
            case 6: await holding.UnassignAsync(machine.Name, "test", default); break;
            case 7: await holding.AssignAsync(machine.Name, Users[random.Next(Users.Length)], "test", default); break;
            case 8: await house.Machines.DeleteAsync(machine.Name, "test", default); break;
            default:
                await holding.HoldAsync(machine.Name, "test", default);
                await holding.ReleaseAsync(machine.Name, "test", default);
                break;
        }
    }

    /// <summary>Whatever is in trouble answers again, what is in error is recovered, what is held back is given back, and then rows and machines are the same and well.</summary>
    private async Task SettledAsync(House house)
    {
        IReadOnlyList<MachineView> rows = [];
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var machine in Host.Machines.Where(m => m.Trouble is not null)) Host.Recover(machine.MachineId);
            rows = await house.Machines.ListAsync(PoolScope.House, default);
            foreach (var row in rows.Where(m => m.State == MachineState.Error)) await house.Get<MachineActions>().RecoverAsync(row.Name, "test", default);
            // Giving back is refused while another actor's action is in progress.
            foreach (var row in rows.Where(m => m.State == MachineState.Maintenance)) await house.Get<MachineHolding>().ReleaseAsync(row.Name, "test", default);
            return rows.All(m => m.State is MachineState.Available or MachineState.Disconnected)
                && rows.Select(m => m.Id).Order().SequenceEqual(Host.Machines.Where(m => m.Ready).Select(m => m.MachineId).Order())
                && Host.Machines.All(m => m.Ready);
        }, "rows and machines are the same and well", 40, () =>
            $"rows are {string.Join(", ", rows)} and machines {string.Join(", ", Host.Machines)}; at work on {string.Join(", ", rows.Select(m => house.Get<MachineOperations>().NameOf(m.Id)))}");
    }
}
