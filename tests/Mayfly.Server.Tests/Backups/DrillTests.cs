using System.Diagnostics;
using System.Formats.Tar;
using System.Net;
using System.Net.Http.Json;
using Mayfly.Cli;
using Mayfly.Contracts.Api;
using Mayfly.Control.Personas;
using Mayfly.Control.Storage;
using Mayfly.HouseKit;
using Mayfly.TestKit;
using Microsoft.EntityFrameworkCore;
using RealDaemon = Mayfly.HouseKit.Daemon;

namespace Mayfly.Server.Tests.Backups;

/// <summary>The drill: a house is lost, and comes back from its backup. With mayflyd as it is started everywhere, and mayfly.</summary>
public sealed class DrillTests : IDisposable
{
    private const string Password = "correct-horse";
    private readonly TemporaryDirectory _old = new();
    private readonly TemporaryDirectory _new = new();
    private readonly TemporaryDirectory _files = new();

    private string Backup => Path.Combine(_files.Root, "house.tar");

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Backup_OfARunningHouse_BringsItBackOnAnotherHost()
    {
        await FurnishAsync(_old.Root, async api =>
        {
            (await MayflyAsync(_old.Root, "backup", Backup)).ShouldBe((0, ""));
            (await MayflyAsync(_old.Root, "backup", Backup)).ExitCode.ShouldBe(ExitCodes.Refused);
        });
        File.GetUnixFileMode(Backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await RunAsync(Path.Combine(Checkout.Root, "bin/mayflyd"), "--restore", Backup, "--data", _new.Root)).ExitCode.ShouldBe(0);
        (await RunAsync(Path.Combine(Checkout.Root, "bin/mayflyd"), "--restore", Backup, "--data", _new.Root)).ExitCode.ShouldBe(1);
        await using var daemon = await RealDaemon.StartAsync(_new.Root);
        using var browser = new HttpClient { BaseAddress = daemon.Address };
        browser.DefaultRequestHeaders.Add("Origin", daemon.Address.GetLeftPart(UriPartial.Authority));
        (await browser.PostAsJsonAsync("/api/v1/login", new LoginRequest("ada", Password))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var api = new LocalApi(_new.Root);
        var package = (await api.GetAsync<AppView>("apps/writer")).Packages.ShouldHaveSingleItem();
        var volume = (await api.GetAsync<Page<VolumeView>>("volumes")).Items.ShouldHaveSingleItem();
        (await api.GetAsync<VolumeDetails>($"volumes/{volume.Id}")).Volume.SizeMib.ShouldBe(64);
        foreach (var name in (string[])[$"packages/{package.Id}/package.squashfs", $"packages/{package.Id}/manifest.json", "personas/a1.tar.br"])
            (await File.ReadAllBytesAsync(Path.Combine(_new.Root, name))).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(_old.Root, name)), name);
        (await RunAsync("qemu-img", "compare", Path.Combine(_old.Root, $"volumes/{volume.Id}/volume.qcow2"), Path.Combine(_new.Root, $"volumes/{volume.Id}/volume.qcow2"))).ExitCode.ShouldBe(0);
    }

    /// <summary>A house with a user, settings of theirs, an application and a volume, for as long as the work takes.</summary>
    private async Task FurnishAsync(string data, Func<LocalApi, Task> work)
    {
        await using var daemon = await RealDaemon.StartAsync(data);
        using var api = new LocalApi(data);
        await api.PostAsync<UserAdded>("users", new AddUserRequest("ada", null, Password, true));
        await api.PostAsync<AppView>("apps", new CreateAppRequest("writer"));
        var archive = Path.Combine(_files.Root, "writer.tar");
        await using (var tar = new TarWriter(File.Create(archive)))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "usr/share/writer") { DataStream = new MemoryStream("words"u8.ToArray()) });
        await api.FinishAsync("apps/writer/packages", new ImportPackageRequest("1", archive));
        await api.PostAsync<VolumeDetails>("volumes", new ImportVolumeRequest("ada", "debian-13", VolumeKind.Profile, await MakeVolumeAsync()));
        await SaveSettingsAsync(data);
        await work(api);
    }

    private async Task<string> MakeVolumeAsync()
    {
        var (raw, volume) = (Path.Combine(_files.Root, "raw"), Path.Combine(_files.Root, "volume.qcow2"));
        await using (var file = File.Create(raw)) file.SetLength(64 << 20);
        (await RunAsync("/usr/sbin/mke2fs", "-q", "-F", "-t", "ext4", raw)).ExitCode.ShouldBe(0);
        (await RunAsync("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw, volume)).ExitCode.ShouldBe(0);
        return volume;
    }

    /// <summary>As a desktop would have saved them.</summary>
    private static async Task SaveSettingsAsync(string data)
    {
        await File.WriteAllTextAsync(Path.Combine(data, "personas/a1.tar.br"), "settings");
        var contexts = new DbContextOptionsBuilder<MayflyDbContext>().UseSqlite($"Data Source={Path.Combine(data, "mayfly.db")};Pooling=False");
        await using var context = new MayflyDbContext(contexts.Options);
        context.PersonaArchives.Add(new PersonaArchiveRow
        {
            Id = "a1",
            User = "ada",
            Config = "editor",
            SavedAt = DateTimeOffset.UnixEpoch,
            Machine = "office-1",
            Bytes = 8,
            StoredBytes = 8,
            Sha256 = "",
            State = PersonaArchiveState.Current,
        });
        await context.SaveChangesAsync();
    }

    private static async Task<(int ExitCode, string Error)> MayflyAsync(string data, params string[] arguments)
    {
        using var error = new StringWriter();
        var environment = new CliEnvironment(name => name == "MAYFLY_DATA" ? data : null, TextReader.Null, TextWriter.Null, error, TimeProvider.System);
        return (await CliApplication.RunAsync(arguments, environment), error.ToString());
    }

    private static async Task<(int ExitCode, string Words)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var words = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(words));
    }
}
