namespace Mayfly.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("pool", "create", "den")]
    [InlineData("pool", "create", "den", "--image", "xfce", "--spare", "many")]
    [InlineData("machine", "exec", "m1")]
    [InlineData("image", "unpublish", "xfce")]
    [InlineData("nonsense")]
    [InlineData("pool", "list", "--output", "xml")]
    public async Task Run_WrongCommandLine_IsAUsageError(params string[] arguments)
    {
        var run = await CliRun.OfAsync([], arguments);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("--help");
    }

    [Theory]
    [InlineData]
    [InlineData("image")]
    public async Task Run_NoVerb_ShowsTheVerbs(params string[] arguments)
    {
        var run = await CliRun.OfAsync([], arguments);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("Commands:");
    }

    [Fact]
    public async Task Run_EveryVerb_HasHelp()
    {
        var verbs = new[]
        {
            "doctor", "image list", "image build", "image import", "image publish", "image unpublish", "pool list", "pool create", "pool show",
            "pool delete", "machine list", "machine show", "machine fork", "machine exec", "machine delete", "user list", "user add", "user token",
            "entitlement list", "entitlement add", "entitlement remove", "event list", "demo",
        };
        foreach (var verb in verbs)
        {
            var run = await CliRun.OfAsync([], [.. verb.Split(' '), "--help"]);
            run.ExitCode.ShouldBe(0, verb);
            run.Out.ShouldContain("--output", customMessage: verb);
        }
    }

    [Fact]
    public async Task Run_SuggestDirective_CompletesVerbs()
    {
        var run = await CliRun.OfAsync([], "[suggest:8]", "machine ");

        run.Out.ShouldContain("fork");
    }
}
