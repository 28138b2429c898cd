using Mayfly.Cli.Client;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Demo;

/// <summary>
/// Brings a mayflyd to where a person can try it: image built and published, two users, one pool with desktops ready.
/// Every step finds out first whether it is done, so the whole can be interrupted anywhere and run again.
/// </summary>
internal sealed class DemoSetup(MayflyClient client, ProgressDisplay progress, TimeProvider clock)
{
    private const string Administrator = "admin";
    private const string User = "demo";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs all steps.</summary>
    public async Task<Outcome<DemoSummary>> RunAsync(
        DemoRequest request, string dataDirectory, string address, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await ExamineAsync(cancellationToken) is { Fault: { } unfit })
            return unfit;
        if (await MakeForkableAsync(request.Image, cancellationToken) is { } imageFault)
            return imageFault;

        var passwords = await new DemoPasswords(dataDirectory).EnsureAsync([Administrator, User], cancellationToken);
        if (await EnsureUsersAsync(passwords, cancellationToken) is { } userFault)
            return userFault;

        var pooled = await new DemoPool(client, progress, clock).EnsureAsync(request, User, cancellationToken);
        if (!pooled.TryGet(out var pool, out var fault))
            return fault;
        // Only now is it sure what machines run on: a new host finds that out at its first publish.
        var examined = await client.DoctorAsync(cancellationToken);
        if (!examined.TryGet(out var host, out fault))
            return fault;
        return new DemoSummary(
            address, new(Administrator, passwords[Administrator]), new(User, passwords[User]), pool.Name, $"{pool.Image}@{pool.Version}",
            pool.Available, (clock.GetUtcNow() - since).TotalSeconds, host.Isolated);
    }

    private Task<Outcome<DoctorReport>> ExamineAsync(CancellationToken cancellationToken) => progress.RunAsync("mayflyd", async line =>
    {
        var start = clock.GetTimestamp();
        line.Doing("starting", 0);
        await ServerWait.UntilHealthyAsync(client, StartLimit, clock, cancellationToken);
        line.Doing("examining the host", 50);
        var outcome = await client.DoctorAsync(cancellationToken);
        if (!outcome.TryGet(out var report, out _))
            return outcome;
        line.Finished("started, host examined", clock.GetElapsedTime(start).TotalSeconds);
        return report.Checks.FirstOrDefault(check => check.Level is "error") is { } lack ? LackOf(lack) : outcome;
    });

    private static Fault LackOf(DoctorCheck lack) =>
        new(ErrorCode.ToolMissing, "This host cannot run machines yet.", $"{lack.Name}: {lack.Message}", lack.Remedy);

    private async Task<Fault?> MakeForkableAsync(string image, CancellationToken cancellationToken)
    {
        var built = await FollowAsync(await client.BuildImageAsync(new BuildImageRequest(image), cancellationToken), cancellationToken);
        if (built.Fault is not null)
            return built.Fault;
        var published = await FollowAsync(await client.PublishImageAsync(image, new PublishImageRequest(), cancellationToken), cancellationToken);
        return published.Fault;
    }

    private async Task<Outcome<OperationView>> FollowAsync(Outcome<OperationView> started, CancellationToken cancellationToken) =>
        started.TryGet(out var operation, out var fault) ? await progress.FollowAsync(client, operation, cancellationToken) : fault;

    private async Task<Fault?> EnsureUsersAsync(IReadOnlyDictionary<string, string> passwords, CancellationToken cancellationToken)
    {
        var users = new[]
        {
            new AddUserRequest(Administrator, "Administrator", passwords[Administrator], Administrator: true),
            new AddUserRequest(User, "Demo user", passwords[User]),
        };
        foreach (var user in users)
        {
            var added = await client.AddUserAsync(user, cancellationToken);
            if (added.Fault is { Code: not ErrorCode.AlreadyExists } fault)
                return fault;
        }

        return null;
    }
}
