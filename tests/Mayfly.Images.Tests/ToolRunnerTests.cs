using System.Diagnostics;
using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Images.Tests;

public sealed class ToolRunnerTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ToolRunner _tools = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_Program_GivesStatusAndBothOutputs()
    {
        var result = (await RunAsync("echo out; echo err >&2; exit 3", TestContext.Current.CancellationToken)).Value;

        result.ShouldBe(new ToolResult(3, "out\n", "err\n"));
    }

    [Fact]
    public async Task Run_NotInstalled_SaysHowToGetIt()
    {
        var outcome = await _tools.RunAsync(new ToolStart("mayfly-no-such-tool", "some-package", []), TestContext.Current.CancellationToken);

        outcome.Fault!.Code.ShouldBe(ErrorCode.ToolMissing);
        outcome.Fault.Remedy!.ShouldContain("some-package");
    }

    [Fact]
    public async Task Run_WithLines_TellsThemAsTheyCome()
    {
        var lines = new List<string>();
        var start = new ToolStart("sh", "dash", ["-c", "echo one; echo two"]) { OnLine = lines.Add };

        (await _tools.RunAsync(start, TestContext.Current.CancellationToken)).Value.ExitCode.ShouldBe(0);

        lines.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Run_Cancelled_EndsAllItStarted()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var child = new TaskCompletionSource<int>();
        // The child outlives a shell that is ended alone.
        var start = new ToolStart("sh", "dash", ["-c", "sleep 1000 & echo $!; wait"])
        {
            OnLine = line => child.SetResult(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)),
        };
        var run = _tools.RunAsync(start, cancel.Token);
        using var sleeper = Process.GetProcessById(await child.Task);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
        await sleeper.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private Task<Outcome<ToolResult>> RunAsync(string script, CancellationToken cancellationToken) =>
        _tools.RunAsync(new ToolStart("sh", "dash", ["-c", script]), cancellationToken);
}
