using System.Formats.Tar;

namespace Mayfly.HouseVmTests.Hosts;

/// <summary>Hosts that have the storage of their server mounted.</summary>
public sealed class SharedStorageTests(MicroImages images)
{
    [Fact]
    public async Task Desktops_OnHostsWithTheServersStorage_HaveImageAppAndVolumeInPlace()
    {
        await using var scene = await Scene.StartAsync(images, hosts: 2, sharing: true);
        await scene.AddPoolAsync(spare: 1, "ann");
        await ChangePoolAsync(scene, settings => settings with { Volume = VolumeKind.Apps, VolumeMib = 64 });
        // Made after the hosts had looked at what there is.
        await ImportHelloAsync(scene);
        await scene.House.Api.PostAsync<AppAssignmentView>("apps/hello/assignments", new AssignAppRequest("1.0", User: "ann"));

        var session = await scene.House.OpenAsync("ann", "p");
        var first = await scene.MachineAsync(session.Machine);
        (await scene.House.Api.RunAsync(first.Name, "hello")).ShouldBe("hello 1.0");
        await scene.House.Api.RunAsync(first.Name, "echo dear diary >/opt/diary");
        await scene.House.LogOffAsync("ann", session);

        // The next one is on the other host, and finds there what was written on the first.
        await scene.House.Api.PutAsync<HostView>($"hosts/{first.Host}", new ChangeHostRequest(Maintenance: true));
        await Clock.UntilAsync(async () => (await scene.AvailableAsync()).Exists(machine => machine.Host != first.Host), "a machine is on the other host", 120);
        session = await scene.House.OpenAsync("ann", "p");
        var second = await scene.MachineAsync(session.Machine);
        second.Host.ShouldNotBe(first.Host);
        (await scene.House.Api.RunAsync(second.Name, "hello; cat /opt/diary")).ShouldBe("hello 1.0\ndear diary");
        await scene.House.LogOffAsync("ann", session);

        var log = await File.ReadAllTextAsync(scene.House.Daemon.LogPath, TestContext.Current.CancellationToken);
        log.ShouldNotContain("Shipped the golden image");
        log.ShouldContain("Shipped the warm image");
        Directory.EnumerateFileSystemEntries(Path.Combine(scene.House.Data, "packages")).ShouldHaveSingleItem();
    }

    private static async Task ChangePoolAsync(Scene scene, Func<PoolSettings, PoolSettings> change) =>
        await scene.House.Api.PutAsync<PoolView>("pools/p/settings", change(await scene.House.Api.GetAsync<PoolSettings>("pools/p/settings")));

    private static async Task ImportHelloAsync(Scene scene)
    {
        var path = Path.Combine(scene.House.Data, "hello.tar");
        await using (var archive = new TarWriter(File.Create(path)))
            await archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "usr/bin/hello")
            {
                Mode = (UnixFileMode)0b111_101_101,
                DataStream = new MemoryStream("#!/bin/sh\necho hello 1.0\n"u8.ToArray()),
            });
        await scene.House.Api.PostAsync<AppView>("apps", new CreateAppRequest("hello"));
        await scene.House.Api.FinishAsync("apps/hello/packages", new ImportPackageRequest("1.0", path));
        File.Delete(path);
    }
}
