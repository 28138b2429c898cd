using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Mayfly.Contracts;

namespace Mayfly.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("pool show ")]
    [InlineData("pool show des")]
    [InlineData("machine list --pool ")]
    [InlineData("entitlement add ")]
    public async Task Suggest_Pool_OffersNamesOfPools(string line)
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", () => new[] { Samples.Pool(), Samples.Pool(name: "a $(b)") }));

        var run = await SuggestAsync(server, line);

        Offered(run).ShouldContain("desktops");
        run.Out.ShouldNotContain("$(");
    }

    [Fact]
    public async Task Suggest_NewName_OffersNone()
    {
        await using var server = await StubServer.StartAsync(_ => { });

        await SuggestAsync(server, "pool create ");

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Suggest_ServerRefuses_IsSilent()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", () => Samples.Problem(ErrorCode.Forbidden, 403)));

        var run = await SuggestAsync(server, "pool show ");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Suggest_ServerThatDoesNotAnswer_IsSilentAndEnds()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", context => Task.Delay(Timeout.Infinite, context.RequestAborted)));

        var run = await SuggestAsync(server, "pool show ");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Suggest_NoServer_IsSilent()
    {
        var run = await CliRun.OfAsync(new() { ["MAYFLY_DATA"] = "/nonexistent" }, "[suggest:10]", "pool show ");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _mayfly mayfly")]
    [InlineData("zsh", "compdef _mayfly mayfly")]
    [InlineData("fish", "complete -c mayfly")]
    public async Task Completion_Shell_PrintsItsScript(string shell, string expected)
    {
        var run = await CliRun.OfAsync([], "completion", shell);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain(expected);
    }

    [Fact]
    public async Task Completion_InBash_OffersWhatTheProgramOffersAndBeginsSo()
    {
        var directory = StubServer.NewDirectory();
        var script = (await CliRun.OfAsync([], "completion", "bash")).Out;
        // Stands in for the program: it tells what it was asked, and offers three names.
        script += """
            mayfly() { echo "$1 <$2>" >> asked; printf '%s\n' list show@1 shown; }
            COMP_LINE='mayfly pool sho' COMP_POINT=15 _mayfly mayfly
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        var offered = await BashAsync(script, directory);

        offered.ShouldBe(["show@1", "shown"]);
        (await File.ReadAllTextAsync(Path.Combine(directory, "asked"), TestContext.Current.CancellationToken)).ShouldBe("[suggest:8] <pool sho>\n");
        Directory.Delete(directory, recursive: true);
    }

    private static Task<CliRun> SuggestAsync(StubServer server, string line) => server.RunAsync($"[suggest:{line.Length}]", line);

    private static string[] Offered(CliRun run) => run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string[]> BashAsync(string script, string directory)
    {
        var start = new ProcessStartInfo("bash", ["--norc", "-c", script]) { WorkingDirectory = directory, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
