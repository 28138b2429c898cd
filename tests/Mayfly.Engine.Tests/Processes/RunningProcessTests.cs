using System.Runtime.InteropServices;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Tests.Processes;

public sealed class RunningProcessTests : IDisposable
{
    private static readonly Dictionary<int, SafeHandle> NoDescriptors = [];
    private readonly ProcessWatcher _watcher = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _watcher.Dispose();

    [Fact]
    public async Task Start_EndsByItself_TellsItsCode()
    {
        var process = RunningProcess.Start(Shell("exit 7"), _watcher);
        (await process.Ended.WaitAsync(Token)).Code.ShouldBe(7);
    }

    [Fact]
    public async Task End_IgnoresSigterm_IsKilledAfterTheGrace()
    {
        using var output = new TemporaryFile();
        var process = StartListeningFor("trap '' TERM; echo ready; while :; do sleep 100 & wait; done", output, out var ready);
        await ready;
        var exit = await process.EndAsync(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        exit.Signal.ShouldBe(Native.SigKill);
        Directory.Exists($"/proc/{process.Id}").ShouldBeFalse();
    }

    [Fact]
    public async Task End_HeedsSigterm_EndsWithinTheGrace()
    {
        using var output = new TemporaryFile();
        var process = StartListeningFor("trap 'exit 3' TERM; echo ready; while :; do sleep 100 & wait; done", output, out var ready);
        await ready;
        (await process.EndAsync(TimeSpan.FromSeconds(30), TimeProvider.System)).Code.ShouldBe(3);
    }

    [Fact]
    public async Task End_Twice_BothSeeTheSameEnd()
    {
        var process = RunningProcess.Start(Shell("sleep 100"), _watcher);
        var ends = await Task.WhenAll(process.EndAsync(TimeSpan.Zero, TimeProvider.System), process.EndAsync(TimeSpan.Zero, TimeProvider.System));
        ends[0].ShouldBe(ends[1]);
    }

    [Fact]
    public async Task Start_Descriptors_AreThoseGivenAndNoOthers()
    {
        using var output = new TemporaryFile();
        using var leaked = File.OpenHandle("/dev/zero");
        using var given = File.OpenHandle("/dev/null");
        var start = Shell("ls /proc/self/fd | tr '\\n' ' '") with { Inherited = new Dictionary<int, SafeHandle> { [0] = given, [1] = output.Handle, [9] = given, [40] = given } };
        await RunningProcess.Start(start, _watcher).Ended.WaitAsync(Token);
        // 2 was not given; ls opens the directory itself as the lowest free number.
        File.ReadAllText(output.Path).Trim().Split(' ').ShouldBe(["0", "1", "2", "9", "40"], ignoreOrder: true);
    }

    [Fact]
    public void Start_NoSuchProgram_Throws() =>
        Should.Throw<IOException>(() => RunningProcess.Start(new ProcessStart("/nonexistent/program", [], NoDescriptors), _watcher));

    [Fact]
    public void Adopt_NoSuchProcess_IsNull() => RunningProcess.Adopt(int.MaxValue - 1, _watcher).ShouldBeNull();

    private static ProcessStart Shell(string script) => new("/bin/sh", ["-c", script], NoDescriptors);

    /// <summary>Starts a script that prints "ready" once its traps are set, and tells when it did.</summary>
    private RunningProcess StartListeningFor(string script, TemporaryFile output, out Task ready)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new FileSystemWatcher(Path.GetDirectoryName(output.Path)!, Path.GetFileName(output.Path)) { EnableRaisingEvents = true };
        watcher.Changed += (_, _) => seen.TrySetResult();
        ready = seen.Task.WaitAsync(TimeSpan.FromSeconds(20), Token).ContinueWith(_ => watcher.Dispose(), TaskScheduler.Default);
        return RunningProcess.Start(Shell(script) with { Inherited = new Dictionary<int, SafeHandle> { [1] = output.Handle } }, _watcher);
    }
}
