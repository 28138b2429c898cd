using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;

namespace Mayfly.Cli.Tests;

public sealed class VolumeTests
{
    private static readonly VolumeDetails Details = new(
        new VolumeView("v1", "ann", "debian-13", VolumeKind.Profile, 512, VolumeState.Detached, null, null, Samples.Noon, null), 1 << 20,
        [new VolumeSnapshotView("s1", Samples.Noon)]);

    [Fact]
    public async Task Show_Volume_TellsItsSnapshots()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/volumes/v1", () => Details));

        var run = await server.RunAsync("volume", "show", "v1");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("512 MiB");
        run.Out.ShouldContain("s1");
    }

    [Theory]
    [InlineData("POST /api/v1/volumes/v1/grow", "volume", "grow", "v1", "1024")]
    [InlineData("POST /api/v1/volumes/v1/snapshot", "volume", "snapshot", "v1")]
    [InlineData("POST /api/v1/volumes/v1/restore", "volume", "restore", "v1", "s1")]
    [InlineData("POST /api/v1/volumes/v1/move", "volume", "move", "v1", "ben")]
    [InlineData("PUT /api/v1/volumes/v1/enabled", "volume", "enable", "v1")]
    [InlineData("PUT /api/v1/volumes/v1/enabled", "volume", "disable", "v1")]
    [InlineData("DELETE /api/v1/volumes/v1", "volume", "delete", "v1")]
    public async Task Deed_OnAVolume_AsksForIt(string asked, params string[] line)
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapMethods("/api/v1/volumes/v1/{deed}", ["POST", "PUT"], () => Details);
            app.MapDelete("/api/v1/volumes/v1", () => { });
        });

        (await server.RunAsync(line)).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([asked]);
    }

    [Fact]
    public async Task Grow_WhileInUse_IsBusy()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/volumes/v1/grow", () => Samples.Problem(ErrorCode.VolumeInUse, 409)));

        (await server.RunAsync("volume", "grow", "v1", "1024")).ExitCode.ShouldBe(ExitCodes.Busy);
    }

    [Fact]
    public async Task Pool_VolumeSettings_AreSentAndTakenAway()
    {
        PoolSettings? sent = null;
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/pools/desktops", () => Samples.Pool() with { Volume = VolumeKind.Apps });
            app.MapPut("/api/v1/pools/desktops/settings", (PoolSettings settings) =>
            {
                sent = settings;
                return Samples.Pool();
            });
        });

        (await server.RunAsync("pool", "set", "desktops", "--user-volume", "apps-and-profile", "--volume-size", "1024", "--volume-snapshots", "5", "--persona", "--on-attach-failure", "refuse")).ExitCode.ShouldBe(0);
        (sent!.Volume, sent.VolumeMib, sent.VolumeSnapshots, sent.OnAttachFailure).ShouldBe((VolumeKind.AppsAndProfile, 1024, 5, AttachFailureRule.Refuse));
        sent.Persona.ShouldBeTrue();
        (await server.RunAsync("pool", "set", "desktops", "--user-volume", "none")).ExitCode.ShouldBe(0);
        sent.Volume.ShouldBeNull();
        (await server.RunAsync("pool", "set", "desktops", "--user-volume", "everything")).ExitCode.ShouldBe(ExitCodes.Usage);
    }
}
