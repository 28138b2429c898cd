using Microsoft.Data.Sqlite;

namespace Mayfly.HouseVmTests;

/// <summary>mayflyd killed at any moment, while users come and go and an image is pushed: nothing of theirs is lost, nothing is left behind.</summary>
public sealed class KillTests(MicroImages images)
{
    private const int RecoverySeconds = 30;
    private static readonly string[] Floating = ["f1", "f2", "f3"];
    private static readonly string[] Dedicated = ["d1", "d2"];
    private static readonly int s_rounds = Length.Of("MAYFLY_KILL_ROUNDS", 15);

    [Fact]
    public async Task Kill_AgainAndAgainWhileBusy_LosesNoDesktopAndLeavesNothing()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var house = await TestHouse.StartAsync(images);
        await AddPoolsAsync(house);
        var gate = new Gate();
        List<Visitor> visitors = [.. Floating.Select(user => new Visitor(house, user, "floating", gate)), .. Dedicated.Select(user => new Visitor(house, user, "own", gate))];
        using var stop = new CancellationTokenSource();
        List<Task> running = [.. visitors.Select(visitor => visitor.RunAsync(stop.Token)), PushToAndFroAsync(house, gate, stop.Token)];
        try
        {
            for (var round = 1; round <= s_rounds; round++) await RoundAsync(house, visitors, gate, random, $"round {round} of seed {seed}");
        }
        finally
        {
            await stop.CancelAsync();
            gate.Open();
            await Task.WhenAll(running);
        }

        visitors.Sum(visitor => visitor.Visits).ShouldBeGreaterThan(s_rounds);
        (await MachinesThatServedTwoUsersAsync(house)).ShouldBeEmpty();
    }

    private static async Task RoundAsync(TestHouse house, List<Visitor> visitors, Gate gate, Random random, string round)
    {
        gate.Open();
        await Task.Delay(random.Next(50, 1500));
        var (machines, held) = await LookAsync(house, visitors);
        await house.KillDaemonAsync();
        gate.Close();
        if (random.Next(5) == 0) await KillWhileStartingAsync(house, random);
        await house.StartDaemonAsync();

        // Whoever held a desktop before the kill, and did not leave it since, has it still: the same process.
        foreach (var (visitor, session) in held.Where(pair => pair.Visitor.Held == pair.Session))
        {
            var before = machines.Find(machine => machine.Name == session.Machine && machine.User == visitor.User);
            if (before?.ProcessId is { } process) Leftovers.Runs(process).ShouldBeTrue($"{round}: {session.Machine} of {visitor.User}");
            using var api = house.As(visitor.User);
            (await Display.BannerAsync(house.Daemon.Address, api, session)).ShouldStartWith("RFB ", customMessage: round);
        }

        await Clock.UntilAsync(() => IsQuietAsync(house), $"{round}: all is finished or rolled back", RecoverySeconds);
    }

    /// <summary>Machines and held sessions at one moment; what changes meanwhile is not looked at.</summary>
    private static async Task<(List<MachineView> Machines, List<(Visitor Visitor, SessionView Session)> Held)> LookAsync(TestHouse house, List<Visitor> visitors)
    {
        var held = visitors.Where(visitor => visitor.Held is not null).Select(visitor => (visitor, visitor.Held!)).ToList();
        return (await house.Api.MachinesAsync(), held);
    }

    private static async Task KillWhileStartingAsync(TestHouse house, Random random)
    {
        house.LaunchDaemon();
        await Task.Delay(random.Next(100, 2500));
        await house.KillDaemonAsync();
    }

    /// <summary>True when nothing is on its way, every machine runs, and no process belongs to nobody.</summary>
    private static async Task<bool> IsQuietAsync(TestHouse house)
    {
        var machines = await house.Api.MachinesAsync();
        if (machines.Exists(machine => machine.Operation is not null || machine.State is not (MachineState.Available or MachineState.Disconnected))) return false;
        if ((await house.PoolAsync("floating")).Available < 2) return false;
        var processes = HostTraces.Processes(house.Data);
        var directories = Directory.GetDirectories(Path.Combine(house.Data, "machines")).Length;
        return machines.TrueForAll(machine => processes.Contains(machine.ProcessId ?? 0)) && directories == processes.Count;
    }

    private static async Task AddPoolsAsync(TestHouse house)
    {
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "floating", Image = "micro", Spare = 2, Maximum = 8 });
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "own", Image = "micro", Spare = 0, Maximum = 3, Assignment = PoolAssignment.Dedicated, Refresh = RefreshRule.Always });
        await house.AddUsersAsync("floating", Floating);
        await house.AddUsersAsync("own", Dedicated);
        await house.AvailableAsync("floating", 2);
    }

    private async Task PushToAndFroAsync(TestHouse house, Gate gate, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await gate.PassAsync(cancellationToken);
                var pool = await house.PoolAsync("floating");
                var other = pool.Version == images.First ? images.Second : images.First;
                await house.Api.PostAsync<PushView>("pools/floating/push", new PushImageRequest { Version = other, InUse = InUseRule.ForceLogoff, GraceSeconds = 3600 });
                await Task.Delay(500, cancellationToken);
            }
            catch (Exception error) when (LocalApi.IsInterruption(error))
            {
                // Killed, or a push is in progress already.
                await Task.Delay(200, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<List<string>> MachinesThatServedTwoUsersAsync(TestHouse house)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(house.Data, "mayfly.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "MachineId" FROM "sessions" GROUP BY "MachineId" HAVING COUNT(DISTINCT "User") > 1""";
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}
