using System.Diagnostics;
using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests.House;

/// <summary>
/// An engine in a process of its own that holds two READY machines, one shell and one clone in the middle of ClonePrep, until it is killed:
/// as mayflyd is by a power cut of its own. The process is this assembly, started with <see cref="Verb"/>.
/// </summary>
internal static class AbandonedEngine
{
    public const string Verb = "abandoned-engine";
    public const string First = "ready-1";
    public const string Second = "ready-2";
    private const string Settled = "settled";

    /// <summary>Starts it, waits until all is as told, and kills it.</summary>
    public static async Task LeaveBehindAsync(SideData data, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Mayfly.VmTests"), [Verb, data.Root, data.Image.Name, data.Image.Version])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            (await process.StandardOutput.ReadLineAsync(cancellationToken)).ShouldBe(Settled);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>What runs in that process.</summary>
    public static async Task<int> RunAsync(string root, ImageVersion image)
    {
        var engine = await RunningEngine.StartAsync(Micro.Options(root));
        foreach (var name in (string[])[First, Second])
            (await ForkAsync(engine, name, image, null, null)).Fault.ShouldBeNull();
        var begun = new TaskCompletionSource();
        var half = ForkAsync(engine, "half", image, new PostSyncScript(["sleep", "600"], 600), _ => begun.SetResult());
        await begun.Task;
        engine.Machines.Expect(new Dictionary<ImageVersion, int> { [image] = 1 });
        await Eventually.HoldsAsync(() => Task.FromResult(engine.Runtime.Rack.Ready(image) == 1), "a shell is ready", 60);
        await Console.Out.WriteLineAsync(Settled);
        await half;
        return 1;
    }

    private static Task<Outcome<HostMachine>> ForkAsync(RunningEngine engine, string name, ImageVersion image, PostSyncScript? postSync, Action<HostMachine>? onRunning) =>
        engine.Machines.ForkAsync(new ForkRequest(name, name, image, postSync), onRunning, CancellationToken.None);
}
