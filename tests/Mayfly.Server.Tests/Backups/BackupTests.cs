using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Personas;
using Mayfly.Control.Storage;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests.Backups;

public sealed class BackupTests : IAsyncLifetime
{
    private const string Address = "/api/v1/backup";
    private Daemon _daemon = null!;
    private HttpClient _local = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await Daemon.StartAsync();
        _local = _daemon.Local();
        (await _local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("ann"))).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _local.Dispose();
        await _daemon.DisposeAsync();
    }

    [Fact]
    public async Task Backup_OfAHouse_HoldsWhatItsDatabaseTellsOfAndTheListLast()
    {
        await AddPersonaAsync("a1", "settings");
        Write("personas/a2.tar.br.new", "half");
        Write("personas/a3.tar.br", "nobody's");
        var package = await AddPackageAsync();
        Write($"packages/{package}/manifest.json", "{}");
        Write($"packages/{package}/package.squashfs", "hsqs");
        Write($"packages/{package}/icons/writer.desktop.png", "png");
        Write($"packages/{package}/.lock", "");
        Write("packages/.making-12345678/package.squashfs", "half");
        var volume = await AddVolumeAsync();
        using var answer = await _local.GetAsync(Address);
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "application/x-tar"));
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldEndWith(".tar");
        var (files, contents) = await Archive.ReadAsync(await answer.Content.ReadAsStreamAsync());
        files.Select(file => file.Name).ShouldBe([
            "database", "personas/a1.tar.br", $"packages/{package}/manifest.json", $"packages/{package}/package.squashfs", $"packages/{package}/icons/writer.desktop.png",
            $"volumes/{volume}/volume.qcow2", "contents.json",
        ]);
        contents!.Entries.ShouldBe(files.SkipLast(1).Select(file => new BackupEntry(file.Name, file.Content.Length, Archive.Hash(file.Content))));
        (contents.Format, contents.Database).ShouldBe((1, "sqlite"));
        contents.LeftOut.Select(gap => gap.Name).ShouldBe(["images/cold/c1", "images/micro/v1"]);
        Directory.GetFiles(_daemon.Options.Data.Cache).ShouldBeEmpty();
        var told = (await _local.GetFromJsonAsync<Page<EventView>>("/api/v1/events?kind=backup", Daemon.Json))!.Items;
        told.Select(e => e.Kind).ShouldBe(["backup.made", "backup.begun"]);
        told.ShouldAllBe(e => e.Actor != null);
    }

    [Fact]
    public async Task Backup_OfWhatIsInUseOrGone_NamesIt()
    {
        await AddPersonaAsync("a1", null);
        var package = await AddPackageAsync();
        Write($"packages/{package}/package.squashfs", "being removed");
        var volume = await AddVolumeAsync();
        _daemon.Volumes.OnWork = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.VolumeInUse, "The volume is in use."));
        (await _local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 4, Assignment = PoolAssignment.Dedicated }, Daemon.Json)).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await _local.GetAsync("/api/v1/machines/p-1")).IsSuccessStatusCode, "a machine");
        (await _local.PutAsync("/api/v1/pools/p/entitlements/users/ann", null)).EnsureSuccessStatusCode();
        (await _local.PutAsync("/api/v1/machines/p-1/owner/ann", null)).EnsureSuccessStatusCode();
        var (files, contents) = await Archive.ReadAsync(await _local.GetStreamAsync(Address));
        files.Select(file => file.Name).ShouldBe(["database", "contents.json"]);
        contents!.LeftOut.Select(gap => gap.Name).ShouldBe(["personas/a1", $"packages/{package}", $"volumes/{volume}", "machines/p-1", "images/cold/c1", "images/micro/v1"]);
        contents.LeftOut[2].Why.ShouldBe("The volume is in use.");
    }

    [Fact]
    public async Task Backup_BesideAnother_IsBusyUntilThatIsBrokenOff()
    {
        await AddVolumeAsync();
        var release = new TaskCompletionSource<Fault?>();
        _daemon.Volumes.OnWork = (_, _) => release.Task;
        var first = await _local.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _local.GetAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        first.Dispose();
        release.SetResult(null);
        await Eventually.HoldsAsync(async () => (await _local.GetAsync(Address)).IsSuccessStatusCode, "the next is made");
    }

    [Fact]
    public async Task Backup_ThatFailsHalfWay_IsBrokenOffWithoutAnEnd()
    {
        await AddVolumeAsync();
        _daemon.Volumes.OnWork = (_, _) => throw new IOException("The disk is broken.");
        using var answer = await _local.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);
        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync());
        _daemon.Volumes.OnWork = (_, _) => Task.FromResult<Fault?>(null);
        await Eventually.HoldsAsync(async () => (await _local.GetAsync(Address)).IsSuccessStatusCode, "the next is made");
    }

    private async Task AddPersonaAsync(string id, string? content)
    {
        if (content is not null) Write($"personas/{id}.tar.br", content);
        await _daemon.Get<HouseDatabase>().WriteAsync(context => Task.FromResult(context.PersonaArchives.Add(new PersonaArchiveRow
        {
            Id = id,
            User = "ann",
            Config = "editor",
            SavedAt = DateTimeOffset.UnixEpoch,
            Machine = "p-1",
            Bytes = 1,
            StoredBytes = 1,
            Sha256 = "",
            State = PersonaArchiveState.Current,
        })), default);
    }

    private async Task<string> AddPackageAsync()
    {
        (await _local.PostAsJsonAsync("/api/v1/apps", new CreateAppRequest("writer"))).EnsureSuccessStatusCode();
        (await _local.PostAsJsonAsync("/api/v1/apps/writer/packages", new ImportPackageRequest("1", "/tmp/a.tar"))).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await _local.GetAsync("/api/v1/apps/writer/packages/1")).IsSuccessStatusCode, "the package is there", 60);
        return (await _local.GetFromJsonAsync<PackageView>("/api/v1/apps/writer/packages/1", Daemon.Json))!.Id;
    }

    private async Task<string> AddVolumeAsync()
    {
        var made = await _local.PostAsJsonAsync("/api/v1/volumes", new ImportVolumeRequest("ann", "debian-13", VolumeKind.Profile, "/tmp/a.qcow2"), Daemon.Json);
        return (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<VolumeDetails>(Daemon.Json))!.Volume.Id;
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_daemon.Options.Data.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
