using System.Diagnostics;

namespace Mayfly.PoolBench;

/// <summary>Fills, replaces and pushes pools of one image, and reads how long it took from outside.</summary>
internal sealed class PoolRun(string data, Uri address, string image) : IDisposable
{
    private const int PatienceSeconds = 900;
    private const string User = "bench";
    private readonly LocalApi _api = new(data);
    private LocalApi? _user;

    public async Task PrepareAsync()
    {
        await _api.FinishAsync("images/build", new BuildImageRequest(image));
        await _api.FinishAsync($"images/{image}/publish", new PublishImageRequest());
        foreach (var left in await _api.GetAsync<List<PoolView>>("pools")) await _api.DeleteAsync($"pools/{left.Name}?force=true");
        if ((await _api.GetAsync<Page<UserView>>("users")).Items.All(user => user.Name != User)) await _api.PostAsync<UserAdded>("users", new AddUserRequest(User));
        _user = new LocalApi(address, (await _api.PostAsync<Token>("tokens", new { User, Label = "bench" })).Value);
    }

    /// <summary>Log-off to replacement: from the request to the next machine being available, in a pool of one.</summary>
    public async Task<IReadOnlyList<Measure>> ReplaceAsync(int count)
    {
        await AddPoolAsync("replace", new CreatePoolRequest { Name = "replace", Image = image, Spare = 1, Maximum = 1 });
        await _api.PutAsync($"pools/replace/entitlements/users/{User}");
        var values = new List<double>();
        for (var i = 0; i < count; i++)
        {
            await AvailableAsync("replace", 1);
            // A pause as between two people: a shell is ready again.
            await Task.Delay(TimeSpan.FromSeconds(2));
            var session = await _user!.PostAsync<SessionView>("desktops/replace/open", new { });
            var started = Stopwatch.GetTimestamp();
            var leaving = _user.DeleteAsync($"sessions/{session.Id}");
            await AvailableAsync("replace", 1);
            values.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await leaving;
        }

        await _api.DeleteAsync("pools/replace?force=true");
        return [Measure.Of($"{image}: log-off to replacement available", "ms", values)];
    }

    /// <summary>Many machines at once: from the request to all running and to all READY, and the memory they take.</summary>
    public async Task<IReadOnlyList<Measure>> FillAsync(int machines)
    {
        var asked = TimeProvider.System.GetUtcNow();
        var before = await _api.GetAsync<HostUsageView>("host/usage");
        await AddPoolAsync("fill", new CreatePoolRequest { Name = "fill", Image = image, Spare = machines, Maximum = machines });
        await AvailableAsync("fill", machines);
        var ready = TimeProvider.System.GetUtcNow();
        var made = (await _api.MachinesAsync()).Where(machine => machine.Pool == "fill").ToList();
        var running = made.Max(machine => machine.CreatedAt.AddMilliseconds(machine.Timeline!.RunningMs));
        var usage = await _api.GetAsync<HostUsageView>("host/usage");
        await _api.DeleteAsync("pools/fill?force=true");
        return
        [
            Measure.Of($"{image}: {machines} clones, request to all running", "s", [(running - asked).TotalSeconds]),
            Measure.Of($"{image}: {machines} clones, request to all READY", "s", [(ready - asked).TotalSeconds]),
            Measure.Of($"{image}: {machines} clones, memory they share", "MB", [usage.SharedBytes / 1e6]),
            Measure.Of($"{image}: {machines} clones, memory of each alone", "MB", usage.Machines.Select(machine => machine.PrivateBytes / 1e6)),
            Measure.Of($"{image}: {machines} clones, memory the host has less", "MB", [(before.AvailableBytes - usage.AvailableBytes) / 1e6]),
        ];
    }

    /// <summary>A push over idle machines: from the request to its end, and the fewest machines that were ready meanwhile.</summary>
    public async Task<IReadOnlyList<Measure>> PushAsync(MicroVersions versions, int machines)
    {
        await AddPoolAsync("push", new CreatePoolRequest { Name = "push", Image = image, Version = versions.First, Spare = machines, Maximum = machines + 8 });
        await AvailableAsync("push", machines);
        var started = Stopwatch.GetTimestamp();
        await _api.PostAsync<PushView>("pools/push/push", new PushImageRequest { Version = versions.Second });
        var fewest = machines;
        await Clock.UntilAsync(async () =>
        {
            var pool = await _api.GetAsync<PoolView>("pools/push");
            fewest = Math.Min(fewest, pool.Available);
            return pool.Push!.FinishedAt is not null;
        }, "the push has ended", PatienceSeconds);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await _api.DeleteAsync("pools/push?force=true");
        return
        [
            Measure.Of($"{image}: push image over {machines} idle machines", "s", [seconds]),
            Measure.Of($"{image}: fewest machines ready during that push, spare level {machines}", "machines", [fewest]),
        ];
    }

    public void Dispose()
    {
        _api.Dispose();
        _user?.Dispose();
    }

    private Task<PoolView> AddPoolAsync(string name, CreatePoolRequest pool) => _api.PostAsync<PoolView>("pools", pool with { Name = name });

    private async Task AvailableAsync(string pool, int count)
    {
        var limit = Stopwatch.StartNew();
        while ((await _api.GetAsync<PoolView>($"pools/{pool}")).Available < count)
        {
            if (limit.Elapsed.TotalSeconds > PatienceSeconds) throw new TimeoutException($"{pool} has not got {count} machines.");
            await Task.Delay(5);
        }
    }

    private sealed record Token([property: System.Text.Json.Serialization.JsonPropertyName("token")] string Value);
}
