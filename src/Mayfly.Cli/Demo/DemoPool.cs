using Mayfly.Cli.Client;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Demo;

/// <summary>The demo's pool: made when it is not there, entitled to the demo user, waited for until its desktops are ready.</summary>
internal sealed class DemoPool(MayflyClient client, ProgressDisplay progress, TimeProvider clock)
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);

    // The API sends events of one user's desktops only, so an administrator has to look.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public async Task<Outcome<PoolView>> EnsureAsync(DemoRequest request, string user, CancellationToken cancellationToken)
    {
        var created = await FindOrCreateAsync(request, cancellationToken);
        if (!created.TryGet(out var pool, out var fault))
            return fault;
        var entitled = await client.EntitleAsync(new EntitlementView(pool.Name, user), cancellationToken);
        if (entitled.Fault is not null)
            return entitled.Fault;
        return await progress.RunAsync($"pool {pool.Name}", line => UntilReadyAsync(pool, line, cancellationToken));
    }

    private async Task<Outcome<PoolView>> FindOrCreateAsync(DemoRequest request, CancellationToken cancellationToken)
    {
        var listed = await client.PoolsAsync(cancellationToken);
        if (!listed.TryGet(out var pools, out var fault))
            return fault;
        // A pool of that name with another image belongs to an earlier demo: it stays, and this one gets a name of its own.
        var taken = pools.Find(pool => pool.Name == request.Pool);
        var name = taken is null || taken.Image == request.Image ? request.Pool : $"{request.Pool}-{request.Image}";
        return pools.Find(pool => pool.Name == name) is { } existing
            ? existing
            : await client.CreatePoolAsync(
                new CreatePoolRequest { Name = name, DisplayName = $"Desktop ({request.Image})", Image = request.Image, Spare = request.Spare },
                cancellationToken);
    }

    private async Task<Outcome<PoolView>> UntilReadyAsync(PoolView pool, IProgressLine line, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (true)
        {
            var seen = await client.PoolAsync(pool.Name, cancellationToken);
            if (!seen.TryGet(out var view, out var fault))
                return fault;
            var ready = view.Available + view.InUse;
            if (ready >= view.Spare)
            {
                line.Finished($"{view.Available} desktops available", clock.GetElapsedTime(start).TotalSeconds);
                return view;
            }

            line.Doing($"forking desktops, {ready} of {view.Spare} available", 100.0 * ready / view.Spare);
            if (clock.GetElapsedTime(start) > ReadyLimit)
                return view.Problem ?? new Fault(
                    ErrorCode.PoolExhausted, $"Pool {pool.Name} has {ready} of {view.Spare} desktops ready after {Words.Seconds(ReadyLimit.TotalSeconds)}.",
                    null, "\"mayfly machine list\" and \"mayfly event list\" tell what became of them.");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
