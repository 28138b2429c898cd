using System.Formats.Tar;
using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Hosts;
using Mayfly.Server.Backups;
using Mayfly.Server.Hosting;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests.Backups;

public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public RestoreTests() => Directory.CreateDirectory(Root);

    /// <summary>What is wrong with a file, and the file.</summary>
    public static TheoryData<string> Wrong => [.. Files.Keys];

    private static Dictionary<string, byte[]> Files { get; } = MakeFiles();

    private string Root => Path.Combine(_directory.Root, "data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Restore_OfABackup_PutsAllInPlaceForWhomItIs()
    {
        (await RestoreAsync(Archive.Make(Archive.Usual, Archive.Contents(Archive.Usual)))).ShouldBeNull();
        foreach (var (name, text) in Archive.Usual) (await File.ReadAllTextAsync(Path.Combine(Root, name == "database" ? "mayfly.db" : name))).ShouldBe(text);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var name in (string[])["mayfly.db", "personas/a1.tar.br", "volumes/c3/volume.qcow2"]) File.GetUnixFileMode(Path.Combine(Root, name)).ShouldBe(OwnerOnly, name);
        foreach (var name in (string[])["personas", "volumes"]) File.GetUnixFileMode(Path.Combine(Root, name)).ShouldBe(OwnerOnly | UnixFileMode.UserExecute, name);
        File.GetUnixFileMode(Path.Combine(Root, "packages/b2/package.squashfs")).ShouldBe(OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Directory.GetFileSystemEntries(Root).Select(Path.GetFileName).Order().ShouldBe(["mayfly.db", "packages", "personas", "volumes"]);

        (await RestoreAsync(Archive.Make(Archive.Usual, Archive.Contents(Archive.Usual))))!.ShouldContain("[AlreadyExists]");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Restore_OfAnythingElse_IsRefusedAndLeavesNothing(string what)
    {
        var said = await RestoreAsync(Files[what]);
        said.ShouldNotBeNull(what);
        said.ShouldContain("[BackupUnusable]");
        Directory.GetFileSystemEntries(_directory.Root).Select(Path.GetFileName).Order().ShouldBe(["backup", "data"]);
        Directory.GetFileSystemEntries(Root).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mayfly.db")]
    [InlineData("mayfly.db-wal")]
    [InlineData("personas/a1.tar.br")]
    [InlineData("packages/.making-1/x")]
    [InlineData("volumes/c3/volume.qcow2")]
    [InlineData("machines/k/machine.json")]
    [InlineData("quarantine/k/disk.qcow2")]
    public async Task Restore_WhereSomethingIs_IsRefusedAndLeavesIt(string name)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "mine");
        (await RestoreAsync(Archive.Make(Archive.Usual, Archive.Contents(Archive.Usual))))!.ShouldContain("[AlreadyExists]");
        (await File.ReadAllTextAsync(path)).ShouldBe("mine");
        Directory.GetFiles(Root, "*", SearchOption.AllDirectories).ShouldBe([path]);
    }

    [Fact]
    public async Task Restore_BesideImagesAndWhatAKilledOneLeft_IsDone()
    {
        foreach (var name in (string[])["images/micro/v1/disk.raw", ".restoring/personas/x", "personas"]) Directory.CreateDirectory(Path.Combine(Root, name));
        (await RestoreAsync(Archive.Make(Archive.Usual, Archive.Contents(Archive.Usual)))).ShouldBeNull();
        Directory.Exists(Path.Combine(Root, ".restoring")).ShouldBeFalse();
    }

    [Fact]
    public async Task Restore_OfAFileThatIsNotThere_SaysSo() =>
        (await RestoreProgram.RunAsync(Options(Root), "/nowhere/backup", TextWriter.Null, default))!.ShouldContain("/nowhere/backup can not be restored.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_OfAHouse_IsTheSameHouseWithoutItsMachines(bool postgres)
    {
        var (one, other) = postgres ? await DatabasesAsync() : (null, null);
        var file = Path.Combine(_directory.Root, "backup");
        await using (var daemon = await Daemon.StartAsync(change: options => options with { Database = one }))
        {
            var ann = await daemon.SignInAsync("ann");
            await daemon.OpenAsync(ann, "ann");
            using var local = daemon.Local();
            await using var target = File.Create(file);
            await (await local.GetStreamAsync("/api/v1/backup")).CopyToAsync(target);
        }

        using (var words = new StringWriter())
        {
            (await RestoreProgram.RunAsync(Options(Root) with { Database = other }, file, words, default)).ShouldBeNull();
            words.ToString().ShouldContain("images/micro/v1");
        }

        await using var restored = await Daemon.StartAsync(change: options => options with { Data = new DataDirectory(Root), Database = other });
        using var anybody = restored.Anonymous();
        anybody.DefaultRequestHeaders.Add("Origin", restored.Origin);
        (await anybody.PostAsJsonAsync("/api/v1/login", new LoginRequest("ann", "correct-horse"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var admin = restored.Local();
        (await admin.GetFromJsonAsync<PoolView>("/api/v1/pools/p", Daemon.Json))!.Image.ShouldBe("micro");
        (await admin.GetFromJsonAsync<Page<SessionView>>("/api/v1/sessions", Daemon.Json))!.Items.ShouldHaveSingleItem().EndedBy.ShouldBe("machine-exited");
        await Eventually.HoldsAsync(
            async () => (await admin.GetFromJsonAsync<Page<MachineView>>("/api/v1/machines", Daemon.Json))!.Items.Select(machine => machine.Id).Order().SequenceEqual(restored.Host.Machines.Select(machine => machine.MachineId).Order()),
            "machines are those of this host", 30);
    }

    [Fact]
    public async Task Restore_OfTheOtherKindOfDatabase_IsRefused()
    {
        var (one, _) = await DatabasesAsync();
        (await RestoreAsync(Archive.Make(Archive.Usual, Archive.Contents(Archive.Usual)), one))!.ShouldContain("another kind of database");
        Directory.GetFileSystemEntries(Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Restore_WhenTheDatabaseRefuses_TakesAllBack()
    {
        var (one, _) = await DatabasesAsync();
        // "no database" is no dump.
        (await RestoreAsync(Archive.Make(Archive.Usual, Archive.Contents(Archive.Usual) with { Database = "postgresql" }), one))!.ShouldContain("could not be restored");
        Directory.GetFileSystemEntries(Root).ShouldBeEmpty();
    }

    private static Dictionary<string, byte[]> MakeFiles()
    {
        var usual = Archive.Usual;
        var contents = Archive.Contents(usual);
        var good = Archive.Make(usual, contents);
        var files = new Dictionary<string, byte[]>
        {
            ["nothing"] = [],
            ["text"] = "This is no backup, and much longer than a header of an archive."u8.ToArray(),
            ["zeroes"] = new byte[4096],
            ["half of it"] = good[..(good.Length / 2)],
            ["a third of it"] = good[..(good.Length / 3)],
            ["no end"] = Archive.Make(usual, null),
            ["more after its end"] = Archive.Make([.. Archive.Last(contents), Archive.File("database", [1])]),
            ["another hash"] = Archive.Make(usual, contents with { Entries = [.. contents.Entries.Skip(1), contents.Entries[0] with { Sha256 = new string('0', 64) }] }),
            ["another length"] = Archive.Make(usual, contents with { Entries = [.. contents.Entries.Skip(1), contents.Entries[0] with { Bytes = 1 }] }),
            ["a file is missing"] = Archive.Make(usual.SkipLast(1), contents),
            ["a file too many"] = Archive.Make(usual, contents with { Entries = [.. contents.Entries.SkipLast(1)] }),
            ["a file twice"] = Archive.Make([.. usual, usual[1]], contents),
            ["no database"] = Archive.Make(usual.Skip(1), Archive.Contents(usual.Skip(1))),
            ["a newer format"] = Archive.Make(usual, contents with { Format = 2 }),
            ["a newer Mayfly"] = Archive.Make(usual, contents with { Version = "999.0.0" }),
            ["no version"] = Archive.Make(usual, contents with { Version = "" }),
            ["a list that is none"] = Archive.Make(Archive.File(BackupContents.FileName, "[]"u8.ToArray())),
            ["an empty list"] = Archive.Make(Archive.File(BackupContents.FileName, "{}"u8.ToArray())),
            ["a symbolic link"] = Archive.Make([Archive.Link(TarEntryType.SymbolicLink, "personas/a1.tar.br", "/etc/passwd"), .. Archive.Last(contents)]),
            ["a hard link"] = Archive.Make([Archive.Link(TarEntryType.HardLink, "database", "/etc/passwd"), .. Archive.Last(contents)]),
            ["a directory"] = Archive.Make([new PaxTarEntry(TarEntryType.Directory, "personas"), .. Archive.Last(contents)]),
            ["a pipe"] = Archive.Make([new PaxTarEntry(TarEntryType.Fifo, "database"), .. Archive.Last(contents)]),
        };
        string[] names =
        [
            "../evil", "/etc/evil", "personas/../evil", "personas/../../evil.tar.br", "./database", "database/", "mayfly.db", "machines/k/disk.qcow2", "images/micro/v1/disk.raw",
            "personas/a1.tar.br.new", "personas/A1.tar.br", "packages/b2/.lock", "packages/b2/icons/../x.png", "packages/b2/icons/.png", "packages/.making-1/package.squashfs", "volumes/c3/other", "personas//a1.tar.br",
        ];
        foreach (var name in names)
        {
            (string Name, string Text)[] all = [.. usual, (name, "x")];
            files[$"a file {name}"] = Archive.Make(all, Archive.Contents(all));
        }

        return files;
    }

    private static ServerOptions Options(string root) => new() { Data = new DataDirectory(root) };

    private static async Task<(string One, string Other)> DatabasesAsync()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        var server = await PostgresServer.SharedAsync();
        var (one, other) = ($"b{Guid.NewGuid():N}", $"b{Guid.NewGuid():N}");
        foreach (var name in (string[])[one, other]) await server.CreateDatabaseAsync(name);
        return (server.ConnectionString(one), server.ConnectionString(other));
    }

    private async Task<string?> RestoreAsync(byte[] content, string? database = null)
    {
        var file = Path.Combine(_directory.Root, "backup");
        await File.WriteAllBytesAsync(file, content);
        return await RestoreProgram.RunAsync(Options(Root) with { Database = database }, file, TextWriter.Null, default);
    }
}
