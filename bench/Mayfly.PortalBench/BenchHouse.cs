namespace Mayfly.PortalBench;

/// <summary>Gives a mayflyd what a measurement needs: the image, users, and a pool they may use.</summary>
internal sealed class BenchHouse(string data, string image) : IDisposable
{
    public const string Password = "bench-password";
    private readonly LocalApi _api = new(data);

    public string Image => image;

    public async Task PublishAsync()
    {
        await _api.FinishAsync("images/build", new BuildImageRequest(image));
        await _api.FinishAsync($"images/{image}/publish", new PublishImageRequest());
    }

    /// <summary>A pool, made anew, which all these users may use; returns once its spare machines are ready.</summary>
    public async Task AddPoolAsync(string pool, int spare, int maximum, IReadOnlyCollection<string> users, int seconds)
    {
        if ((await _api.GetAsync<List<PoolView>>("pools")).Any(left => left.Name == pool)) await RemovePoolAsync(pool);
        await Clock.UntilAsync(async () => (await _api.GetAsync<List<PoolView>>("pools")).All(left => left.Name != pool), $"there is no {pool} left", seconds);
        await _api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = pool, Image = image, Spare = spare, Maximum = maximum });
        var known = (await _api.GetAsync<Page<UserView>>("users?limit=10000")).Items.Select(user => user.Name).ToHashSet();
        foreach (var user in users)
        {
            if (!known.Contains(user)) await _api.PostAsync<UserAdded>("users", new AddUserRequest(user, null, Password));
            await _api.PutAsync($"pools/{pool}/entitlements/users/{user}");
        }

        await Clock.UntilAsync(async () => (await _api.GetAsync<PoolView>($"pools/{pool}")).Available >= spare, $"{spare} machines ready in {pool}", seconds);
    }

    public Task RemovePoolAsync(string pool) => _api.DeleteAsync($"pools/{pool}?force=true");

    public void Dispose() => _api.Dispose();
}
