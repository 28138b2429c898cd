namespace Mayfly.HouseVmTests.Hosts;

/// <summary>Two servers over one PostgreSQL, and two hosts: whichever server is active, the desktops are the same.</summary>
public sealed class TwoServersTests(MicroImages images)
{
    // The lease of the active server, and a little.
    private const int TakeoverSeconds = 60;

    [Fact]
    public async Task Servers_FrozenAndKilledByTurns_DesktopsStayAndNothingIsDoubled()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Networks of their own are made as root.");
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("house");
        await using var first = Server.Launch(images, postgres, "first");
        await first.Process.Serving.WaitAsync(TimeSpan.FromSeconds(60));
        await using var second = Server.Launch(images, postgres, "second");
        await second.Process.StandingBy.WaitAsync(TimeSpan.FromSeconds(60));

        // All is asked of the one that stands by.
        await using var h1 = await TestHost.JoinAsync(second.Api, "h1", 1);
        await using var h2 = await TestHost.JoinAsync(second.Api, "h2", 2);
        TestHost[] hosts = [h1, h2];
        await second.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 2, Maximum = 6 });
        await second.AvailableAsync(2);
        await second.Api.PostAsync<UserAdded>("users", new AddUserRequest("ann"));
        var token = (await second.Api.PostAsync<TokenMade>("tokens", new { User = "ann", Label = "test" })).Token;
        await second.Api.PutAsync("pools/p/entitlements/users/ann");
        var session = await OpenAsync(second, token);
        var process = (await second.Api.MachinesAsync()).Single(machine => machine.User == "ann").ProcessId!.Value;
        await ScreenAsync(second, token, session);

        // The active one stands still: the other takes over, with the same hosts and desktops.
        Signals.Send(first.Process.ProcessId, Signals.Stop);
        await second.Process.Serving.WaitAsync(TimeSpan.FromSeconds(TakeoverSeconds));
        await Agreement.ReachedAsync(second.Api, hosts);
        (await OpenAsync(second, token)).Id.ShouldBe(session.Id);
        await ScreenAsync(second, token, session);

        // It goes on, and finds that its time is over: hosts and database take nothing of it any more.
        Signals.Send(first.Process.ProcessId, Signals.Continue);
        await first.Process.StandingBy.WaitAsync(TimeSpan.FromSeconds(TakeoverSeconds));
        await Agreement.ReachedAsync(first.Api, hosts);

        // The other one is killed: the first has the house again.
        await second.KillAsync();
        await Clock.UntilAsync(async () => (await Agreement.TryMachinesAsync(first.Api))?.Count > 0, "the first is active again", TakeoverSeconds);
        await Agreement.ReachedAsync(first.Api, hosts);
        (await OpenAsync(first, token)).Id.ShouldBe(session.Id);
        hosts.ShouldContain(host => host.Processes.Contains(process));
        await ScreenAsync(first, token, session);

        // It makes machines there as the one before did.
        await first.Api.DeleteAsync("pools/p?force=true");
        await Clock.UntilAsync(() => Task.FromResult(hosts.All(host => host.MachineIds.Count == 0)), "all is gone", 60);
    }

    private static async Task<SessionView> OpenAsync(Server server, string token)
    {
        using var ann = new LocalApi(server.Address, token);
        return await ann.PostAsync<SessionView>("desktops/p/open", new { });
    }

    private static async Task ScreenAsync(Server server, string token, SessionView session)
    {
        using var ann = new LocalApi(server.Address, token);
        (await Display.BannerAsync(server.Address, ann, session)).ShouldStartWith("RFB ");
    }

    private sealed record TokenMade(string Token);

    private sealed class Server : IAsyncDisposable
    {
        private readonly string _data;
        private bool _killed;

        private Server(string data, Daemon process, Uri address) => (_data, Process, Address, Api) = (data, process, address, new LocalApi(data));

        public Daemon Process { get; }

        public Uri Address { get; }

        /// <summary>The administrator of its host.</summary>
        public LocalApi Api { get; }

        public static Server Launch(MicroImages images, PostgresServer postgres, string name)
        {
            var data = Path.Combine(Path.GetTempPath(), $"mf-{Guid.NewGuid().ToString("N")[..8]}");
            Directory.CreateDirectory(data);
            images.LinkInto(data);
            var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
            var settings = new DaemonSettings
            {
                Role = "server",
                StopMachines = false,
                Listen = address.Authority,
                Advertise = address.ToString(),
                Database = postgres.ConnectionString("house"),
                LogDirectory = TestHouse.LogDirectory($"{data}-{name}"),
            };
            return new Server(data, Daemon.Launch(data, settings), address);
        }

        public Task AvailableAsync(int count) =>
            Clock.UntilAsync(async () => (await Api.MachinesAsync()).Count(machine => machine.State == MachineState.Available) == count, $"{count} machines are available", 120);

        public Task KillAsync()
        {
            _killed = true;
            return Process.KillAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (!_killed) await Process.DisposeAsync();
            Api.Dispose();
            Directory.Delete(_data, recursive: true);
        }
    }
}
