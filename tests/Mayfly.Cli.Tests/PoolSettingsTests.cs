using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using System.Text.Json;

namespace Mayfly.Cli.Tests;

public sealed class PoolSettingsTests
{
    private static readonly PoolView Pool = Samples.Pool() with { Minimum = 1, PostSync = ["/bin/true"], ProvisioningEnabled = false };

    private CreatePoolRequest? _created;
    private PoolSettings? _put;
    private JsonElement _body;

    [Fact]
    public async Task Create_ImageAlone_LeavesTheRestToTheDefaults()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        (await server.RunAsync("pool", "create", "office", "--image", "xfce@1a2b3c4d")).ExitCode.ShouldBe(0);

        _created.ShouldBe(new CreatePoolRequest { Name = "office", Image = "xfce", Version = "1a2b3c4d", PostSync = _created!.PostSync, PowerOff = _created.PowerOff });
        _created.PostSync.ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_EveryOption_IsSent()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        var run = await server.RunAsync(
            "pool", "create", "office", "--image", "xfce", "--display-name", "Office", "--assignment", "dedicated", "--provisioning", "linked",
            "--sizing", "up-front", "--minimum", "3", "--spare", "4", "--maximum", "30", "--name-pattern", "pc-{n:fixed=3}", "--refresh", "days=30",
            "--schedule", "mon-fri 07:00=20; daily 19:00=2", "--time-zone", "Europe/Berlin", "--post-sync", "/bin/a", "--post-sync", "b",
            "--post-sync-timeout", "5", "--power-off", "/bin/c", "--power-off-timeout", "6", "--stop-on-error", "--attempts", "2",
            "--error-threshold", "40", "--keep-versions", "0");

        run.ExitCode.ShouldBe(0);
        var sent = _created!;
        (sent.DisplayName, sent.NamePattern).ShouldBe(("Office", "pc-{n:fixed=3}"));
        (sent.Assignment, sent.Provisioning, sent.Sizing).ShouldBe((PoolAssignment.Dedicated, ProvisioningKind.Linked, PoolSizing.UpFront));
        (sent.Minimum, sent.Spare, sent.Maximum).ShouldBe((3, 4, 30));
        (sent.Refresh, sent.RefreshDays).ShouldBe((RefreshRule.EveryDays, 30));
        sent.Schedule!.TimeZone.ShouldBe("Europe/Berlin");
        sent.Schedule.Levels.Select(level => (level.Days.Count, level.From.Hour, level.Spare)).ShouldBe([(5, 7, 20), (7, 19, 2)]);
        sent.PostSync.ShouldBe(["/bin/a", "b"]);
        sent.PowerOff.ShouldBe(["/bin/c"]);
        (sent.PostSyncTimeoutSeconds, sent.PowerOffTimeoutSeconds).ShouldBe((5, 6));
        (sent.StopOnError, sent.Attempts, sent.ErrorThresholdPercent, sent.KeepVersions).ShouldBe((true, 2, 40, 0));
    }

    [Fact]
    public async Task Set_OneOption_LeavesTheOthersAsTheyAre()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        (await server.RunAsync("pool", "set", "desktops", "--spare", "5")).ExitCode.ShouldBe(0);

        (_put!.Spare, _put.Minimum, _put.ProvisioningEnabled).ShouldBe((5, 1, false));
        _put.PostSync.ShouldBe(["/bin/true"]);
        _body.TryGetProperty("available", out _).ShouldBeFalse("settings alone are sent");
    }

    [Fact]
    public async Task Set_NoneAndEmpty_TakeAway()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        (await server.RunAsync("pool", "set", "desktops", "--schedule", "none", "--post-sync", "", "--stop-on-error", "false")).ExitCode.ShouldBe(0);

        _put!.Schedule.ShouldBeNull();
        _put.PostSync.ShouldBeEmpty();
        _put.StopOnError.ShouldBeFalse();
    }

    [Fact]
    public async Task Set_UseOfDesktops_IsSent()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        var run = await server.RunAsync(
            "pool", "set", "desktops", "--start-on-connect", "--disconnect-idle", "30", "--log-off-disconnected", "0", "--hours", "mon-fri 07:00-19:00",
            "--time-zone", "Europe/Berlin", "--users-may-reset", "--clipboard", "to-guest");

        run.ExitCode.ShouldBe(0);
        (_put!.StartOnConnect, _put.DisconnectIdleMinutes, _put.LogOffDisconnectedMinutes, _put.UsersMayReset, _put.Clipboard)
            .ShouldBe((true, 30, 0, true, ClipboardRule.ToGuest));
        _put.Hours!.TimeZone.ShouldBe("Europe/Berlin");
        var period = _put.Hours.Periods.ShouldHaveSingleItem();
        (period.Days.Count, period.From.Hour, period.Until.Hour).ShouldBe((5, 7, 19));
        _put.Schedule.ShouldBeNull();
    }

    [Fact]
    public async Task Set_NeverAndAlways_TakeAway()
    {
        var limited = Pool with { DisconnectIdleMinutes = 5, LogOffDisconnectedMinutes = 5, Hours = new OpeningHours("UTC", [new OpenPeriod([DayOfWeek.Monday], default, default)]) };
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/pools/{pool}", () => limited);
            app.MapPut("/api/v1/pools/{pool}/settings", (JsonElement body) => limited with { DisplayName = (_put = body.Deserialize<PoolSettings>(OperationStream.Json))!.DisplayName });
        });

        await server.RunAsync("pool", "set", "desktops", "--disconnect-idle", "never", "--log-off-disconnected", "never", "--hours", "always");

        (_put!.DisconnectIdleMinutes, _put.LogOffDisconnectedMinutes, _put.Hours).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Set_TimeZoneWithoutSchedule_IsAUsageError()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        var run = await server.RunAsync("pool", "set", "desktops", "--time-zone", "Europe/Berlin");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("--schedule");
        _put.ShouldBeNull();
    }

    [Theory]
    [InlineData("enable", true)]
    [InlineData("disable", false)]
    public async Task EnableDisable_Pool_SetsProvisioningAlone(string verb, bool expected)
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        (await server.RunAsync("pool", verb, "desktops")).ExitCode.ShouldBe(0);

        (_put!.ProvisioningEnabled, _put.Spare).ShouldBe((expected, Pool.Spare));
    }

    [Fact]
    public async Task Show_PoolWithEverything_TellsAllOfIt()
    {
        var pool = Samples.Pool() with
        {
            Schedule = new SpareSchedule("Europe/Berlin", [new SpareLevel([DayOfWeek.Monday], new TimeOnly(7, 0), 20)]),
            Refresh = RefreshRule.AtDiskSize,
            KeptVersions = ["00aa11bb"],
            Push = Samples.Push(PushState.Paused, replaced: 1, waiting: 2),
            Canary = new CanaryView("9f8e7d6c", ["desktops-1", "desktops-2"], 1),
            Problem = new Fault(ErrorCode.PoolStopped, "It stopped."),
        };
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools/{pool}", () => pool));

        var shown = (await server.RunAsync("pool", "show", "desktops")).Out;

        foreach (var part in (string[])["floating, instant", "2 now, by schedule", "mon 07:00=20 (Europe/Berlin)", "once 4096 MiB are written",
            "00aa11bb", "paused, 1 of 4 replaced, 2 waiting for log-off", "9f8e7d6c on 1 of 2: desktops-1, desktops-2", "[PoolStopped] It stopped."])
            shown.ShouldContain(part);
    }

    private void Endpoints(WebApplication app)
    {
        app.MapPost("/api/v1/pools", (CreatePoolRequest request) =>
        {
            _created = request;
            return Pool;
        });
        app.MapGet("/api/v1/pools/{pool}", () => Pool);
        app.MapPut("/api/v1/pools/{pool}/settings", (JsonElement body) =>
        {
            _body = body.Clone();
            _put = body.Deserialize<PoolSettings>(OperationStream.Json);
            return Pool;
        });
    }
}
