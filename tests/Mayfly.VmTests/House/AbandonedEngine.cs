using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests.House;

/// <summary>Engines in a process of their own that is killed in the middle of things, as mayflyd may be.</summary>
internal static class AbandonedEngine
{
    public const string Holding = "holding";
    public const string Publishing = "publishing";
    public const string First = "ready-1";
    public const string Second = "ready-2";

    /// <summary>Leaves behind two READY machines, one shell and one clone in the middle of ClonePrep.</summary>
    public static Task LeaveMachinesAsync(SideData data, CancellationToken cancellationToken) =>
        OtherProcess.RunUntilSettledAsync([Holding, data.Root, data.Image.Name, data.Image.Version], cancellationToken);

    /// <summary>Leaves behind a parent that has booted but is not frozen.</summary>
    public static Task LeaveParentAsync(SideData data, CancellationToken cancellationToken) =>
        OtherProcess.RunUntilSettledAsync([Publishing, data.Root, data.Image.Name, data.Image.Version], cancellationToken);

    /// <summary>What the process of <see cref="LeaveMachinesAsync"/> does.</summary>
    public static async Task HoldAsync(string root, ImageVersion image)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root));
        foreach (var name in (string[])[First, Second])
            (await ForkAsync(engine, name, image, null, null)).Fault.ShouldBeNull();
        var begun = new TaskCompletionSource();
        var half = ForkAsync(engine, "half", image, new PostSyncScript(["sleep", "600"], 600), _ => begun.SetResult());
        await begun.Task;
        engine.Machines.Expect(new Dictionary<ImageVersion, int> { [image] = 1 });
        await Eventually.HoldsAsync(() => Task.FromResult(engine.Runtime.Rack.Ready(image) == 1), "a shell is ready", 60);
        await OtherProcess.SayItIsSettledAsync();
        await half;
    }

    /// <summary>What the process of <see cref="LeaveParentAsync"/> does.</summary>
    public static async Task PublishAsync(string root, ImageVersion image)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root));
        var booted = new TaskCompletionSource();
        var publishing = engine.Images.PublishAsync(image.Name, image.Version, new At("Waiting for a drawn, quiet desktop", booted.SetResult), CancellationToken.None);
        await booted.Task;
        await OtherProcess.SayItIsSettledAsync();
        await publishing;
    }

    private static Task<Outcome<HostMachine>> ForkAsync(RunningEngine engine, string name, ImageVersion image, PostSyncScript? postSync, Action<HostMachine>? onRunning) =>
        engine.Machines.ForkAsync(new ForkRequest(name, name, image, postSync), onRunning, CancellationToken.None);
}
