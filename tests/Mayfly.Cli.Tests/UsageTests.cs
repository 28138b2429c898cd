namespace Mayfly.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("pool", "create", "den")]
    [InlineData("pool", "create", "den", "--image", "xfce", "--spare", "many")]
    [InlineData("pool", "create", "den", "--image", "xfce", "--sizing", "huge")]
    [InlineData("pool", "set", "den", "--schedule", "sometimes")]
    [InlineData("pool", "set", "den", "--refresh", "weekly")]
    [InlineData("pool", "push", "start", "den", "--start-at", "tomorrow")]
    [InlineData("pool", "canary", "set", "den", "--version", "9f8e7d6c")]
    [InlineData("machine", "exec", "m1")]
    [InlineData("image", "unpublish", "xfce")]
    [InlineData("pool", "set", "den", "--hours", "sometimes")]
    [InlineData("pool", "set", "den", "--disconnect-idle", "often")]
    [InlineData("role", "grant", "emperor", "ada")]
    [InlineData("session", "list", "--state", "lost")]
    [InlineData("settings", "set", "--syslog", "http://log")]
    [InlineData("directory", "set-ldap", "house", "--security", "hope")]
    [InlineData("directory", "set-openid", "house", "--require-https", "perhaps")]
    [InlineData("completion", "csh")]
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
    [InlineData("pool", "push")]
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
            "pool set", "pool enable", "pool disable", "pool push start", "pool push status", "pool push pause", "pool push resume",
            "pool push cancel", "pool push list", "pool rollback", "pool canary set", "pool canary promote", "pool canary cancel", "pool delete",
            "machine list", "machine show", "machine fork", "machine exec", "machine reset", "machine restart", "machine recover",
            "machine rebuild", "machine publish", "machine maintenance on", "machine maintenance off", "machine assign", "machine unassign", "machine delete",
            "session list", "session show", "session message", "session disconnect", "session logoff",
            "user list", "user show", "user add", "user set", "user enable", "user disable", "user password", "user second-factor remove",
            "user unlock", "user sign-out", "user token", "user remove", "person show", "group list", "group add", "group remove", "group members",
            "group add-member", "group remove-member", "role list", "role grant", "role revoke", "token list", "token make", "token revoke",
            "entitlement list", "entitlement add", "entitlement remove", "event list", "event export", "settings show", "settings set",
            "directory list", "directory show", "directory set-ldap", "directory set-openid", "directory remove", "directory test",
            "host list", "host add", "host drain", "host resume", "host remove", "host authority", "host usage", "backup", "demo", "completion",
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
