using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.DirectoryKit;

namespace Mayfly.Directories.Tests;

/// <summary>Servers that go away.</summary>
public sealed class LdapOutageTests(SharedOpenLdap shared) : LdapTestBase
{
    [Fact]
    public async Task CheckAsync_ServerKilledAndStartedAgain_IsUnreachableBetween()
    {
        Assert.SkipWhen(OpenLdap.Missing() is not null, OpenLdap.Missing() ?? "");
        await using var directory = await OpenLdap.StartAsync();
        (await CheckAsync(directory.Settings, "ada", "password of ada")).Fault.ShouldBeNull();

        await directory.KillAsync();
        (await CheckAsync(directory.Settings, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUnreachable);

        await directory.ResumeAsync();
        (await CheckAsync(directory.Settings, "ada", "password of ada")).Value.UserName.ShouldBe("ada");
    }

    [Fact]
    public async Task CheckAsync_SilentServer_GivesWayToTheNext()
    {
        Assert.SkipWhen(OpenLdap.Missing() is not null, OpenLdap.Missing() ?? "");
        await using var directory = await OpenLdap.StartAsync();
        directory.Freeze();
        var alone = directory.Settings with { TimeoutSeconds = 1 };
        var second = shared.Directory.Settings with { Servers = [$"localhost:{directory.Port}", $"localhost:{shared.Directory.Port}"], TimeoutSeconds = 5 };

        (await CheckAsync(alone, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUnreachable);
        (await CheckAsync(second, "ada", "password of ada")).Value.UserName.ShouldBe("ada");
        directory.Thaw();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task CheckAsync_ConnectionCutAfterSomeAnswers_IsUnreachable(int answers)
    {
        await using var relay = new CuttingRelay(shared.Directory.Port, answers);
        var settings = shared.Directory.Settings with { Servers = [$"localhost:{relay.Port}"], Security = LdapSecurity.None, AllowPlaintext = true };

        (await CheckAsync(settings, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUnreachable);
    }

    [Fact]
    public async Task CheckAsync_NobodyThere_IsUnreachable()
    {
        var settings = shared.Directory.Settings with { Servers = ["localhost:1", "no-such-host.invalid"] };

        (await CheckAsync(settings, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUnreachable);
    }

    [Fact]
    public async Task CheckAsync_GivenUpByTheCaller_EndsAsThat()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Directory.CheckAsync(shared.Directory.Settings, "ada", "password of ada", source.Token));
    }

    [Fact]
    public async Task CheckAsync_ManyAtOnce_AllGetTheirOwnAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => i % 2 == 0
            ? CheckAsync(shared.Directory.Settings, "ada", "password of ada")
            : CheckAsync(shared.Directory.Settings, "escher", "wrong")));

        for (var i = 1; i < answers.Length; i += 2) answers[i].Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
        answers.Count(answer => answer.Fault is null).ShouldBe(30);
    }
}
