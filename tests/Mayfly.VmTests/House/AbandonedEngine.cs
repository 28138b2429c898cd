using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Limits;
using Mayfly.Qmp;

namespace Mayfly.VmTests.House;

/// <summary>Engines in a process of their own that is killed in the middle of things, as mayflyd may be.</summary>
internal static class AbandonedEngine
{
    public const string Holding = "holding";
    public const string Publishing = "publishing";
    public const string Keeping = "keeping";
    public const string Copying = "copying";
    public const string Running = "kept-running";
    public const string Starting = "kept-starting";
    public const string Attaching = "attaching";
    public const string Earlier = "earlier";
    public const string Later = "later";
    public const string Volume = "volume";
    public const string First = "ready-1";
    public const string Second = "ready-2";

    /// <summary>Leaves behind two READY machines, one shell and one clone in the middle of ClonePrep.</summary>
    /// <param name="data">Where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="groups">Where it makes control groups; null for where this host lets it.</param>
    public static Task LeaveMachinesAsync(SideData data, CancellationToken cancellationToken, string? groups = null) =>
        OtherProcess.RunUntilSettledAsync([Holding, data.Root, data.Image.Name, data.Image.Version, groups ?? ""], cancellationToken);

    /// <summary>Leaves behind a kept machine that is READY, a kept one that starts, and a READY one that is not kept.</summary>
    public static Task LeaveKeptMachinesAsync(SideData data, CancellationToken cancellationToken) =>
        OtherProcess.RunUntilSettledAsync([Keeping, data.Root, data.Image.Name, data.Image.Version], cancellationToken);

    /// <summary>Leaves behind a parent that has booted but is not frozen.</summary>
    public static Task LeaveParentAsync(SideData data, CancellationToken cancellationToken) =>
        OtherProcess.RunUntilSettledAsync([Publishing, data.Root, data.Image.Name, data.Image.Version], cancellationToken);

    /// <summary>Leaves behind a machine with two packages and a volume.</summary>
    public static async Task LeaveAttachedAsync(SideData data, CancellationToken cancellationToken)
    {
        var files = new AppFiles(new DataDirectory(data.Root), null);
        foreach (var id in (string[])[Earlier, Later])
            await files.PackageNamedAsync(id, null, ($"opt/{id}", id));
        await files.VolumeNamedAsync(Volume);
        await OtherProcess.RunUntilSettledAsync([Attaching, data.Root, data.Image.Name, data.Image.Version], cancellationToken);
    }

    /// <summary>What the process of <see cref="LeaveAttachedAsync"/> does.</summary>
    public static async Task AttachAsync(string root, ImageVersion image)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root));
        (await ForkAsync(engine, First, image, null, null)).Fault.ShouldBeNull();
        var attached = await engine.Machines.AttachAsync(First, new Attachments([Later, Earlier], new VolumeAttachment(Volume, VolumeKind.AppsAndProfile)), CancellationToken.None);
        attached.Value.Packages.ShouldBeEmpty();
        attached.Value.Volume.ShouldBeNull();
        await OtherProcess.SayItIsSettledAsync();
    }

    /// <summary>What the process of <see cref="LeaveMachinesAsync"/> does.</summary>
    public static async Task HoldAsync(string root, ImageVersion image, string groups)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root), groups.Length == 0 ? null : new ControlGroupRoot(groups, []));
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

    /// <summary>What the process of <see cref="LeaveKeptMachinesAsync"/> does.</summary>
    public static async Task KeepAsync(string root, ImageVersion image)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root));
        (await ForkAsync(engine, First, image, null, null)).Fault.ShouldBeNull();
        foreach (var name in (string[])[Running, Starting])
        {
            (await engine.Machines.ProvisionAsync(new ProvisionRequest(name, name, image) { Keep = true }, null, CancellationToken.None)).Fault.ShouldBeNull();
            var marked = await engine.Machines.ExecAsync(name, new ExecRequest(["sh", "-c", $"echo {name} >/data/mark; sync"]), CancellationToken.None);
            marked.Value.ExitCode.ShouldBe(0);
        }

        await engine.Machines.StopAsync(Starting, TimeSpan.FromSeconds(30));
        var booting = new TaskCompletionSource();
        var starting = engine.Machines.StartAsync(Starting, _ => booting.TrySetResult(), CancellationToken.None);
        await booting.Task;
        await OtherProcess.SayItIsSettledAsync();
        await starting;
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

    /// <summary>Leaves behind a kept machine that was published, a fork of it, and a machine that stands still in the midst of its copying; all count.</summary>
    public static Task LeaveCopiedAsync(SideData data, CancellationToken cancellationToken) =>
        OtherProcess.RunUntilSettledAsync([Copying, data.Root, data.Image.Name, data.Image.Version], cancellationToken);

    /// <summary>What the process of <see cref="LeaveCopiedAsync"/> does.</summary>
    public static async Task CopyAsync(string root, ImageVersion image)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root));
        foreach (var (name, keep) in ((string, bool)[])[(Running, true), (Second, false)])
        {
            (await engine.Machines.ProvisionAsync(new ProvisionRequest(name, name, image) { Keep = keep }, null, CancellationToken.None)).Fault.ShouldBeNull();
            await ExecAsync(engine, name, Counter.Start + "; echo one >/data/one; sync");
        }

        var copy = await engine.Images.PublishMachineAsync(Running, "class", new Progress<StepProgress>(), CancellationToken.None);
        await ExecAsync(engine, Running, "echo two >/data/two; sync");
        (await ForkAsync(engine, First, copy.Value, null, null)).Fault.ShouldBeNull();
        var qmp = engine.Host.Running(Second)!.Qemu.Qmp;
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        await qmp.PrepareLiveMigrationAsync(TimeSpan.FromMilliseconds(300), CancellationToken.None);
        await qmp.GetDescriptorAsync("nowhere", nowhere, CancellationToken.None);
        await qmp.MigrateToSwitchoverAsync("nowhere", CancellationToken.None);
        await OtherProcess.SayItIsSettledAsync();
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task ExecAsync(RunningEngine engine, string name, string script)
    {
        var done = await engine.Machines.ExecAsync(name, new ExecRequest(["sh", "-c", script]), CancellationToken.None);
        done.Value.ExitCode.ShouldBe(0);
    }

    private static Task<Outcome<HostMachine>> ForkAsync(RunningEngine engine, string name, ImageVersion image, PostSyncScript? postSync, Action<HostMachine>? onRunning) =>
        engine.Machines.ProvisionAsync(new ProvisionRequest(name, name, image, postSync), onRunning, CancellationToken.None);
}
