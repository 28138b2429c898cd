using System.Formats.Tar;
using System.Text.Json;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class BackupTests : IDisposable
{
    private static readonly BackupContents Contents = new(
        1, Samples.Noon, "0.1.0", "sqlite", [new("database", 4, ""), new("personas/a1.tar.br", 4, ""), new("packages/b2/manifest.json", 4, ""), new("packages/b2/package.squashfs", 4, "")],
        [new BackupGap("volumes/c3", "It is in\u001b[2J use.")]);

    private readonly string _directory = StubServer.NewDirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_directory, "house.tar");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Backup_OfTheHouse_IsAFileForItsOwnerAndTellsWhatIsMissing()
    {
        var tar = Make(Contents);
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/backup", () => Results.Bytes(tar, "application/x-tar")));
        await File.WriteAllTextAsync(Target + ".part", "left by a run that was killed", Token);

        var run = await server.RunAsync("backup", Target);

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Out.ShouldContain("1 archives of personas, 1 packages and 0 volumes");
        run.Error.Trim().ShouldBe("Not in it: volumes/c3. It is in [2J use.");
        (await File.ReadAllBytesAsync(Target, Token)).ShouldBe(tar);
        File.GetUnixFileMode(Target).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_directory).ShouldBe([Target]);
    }

    [Fact]
    public async Task Backup_AsJson_HasTheContents()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/backup", () => Results.Bytes(Make(Contents), "application/x-tar")));

        var run = await server.RunAsync("backup", Target, "-o", "json");

        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("contents").GetProperty("leftOut")[0].GetProperty("name").GetString().ShouldBe("volumes/c3");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backup_WithoutItsEnd_IsRefusedAndLeavesNothing(bool archive)
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/backup", () => Results.Bytes(archive ? Make(null) : "no archive"u8.ToArray(), "application/x-tar")));

        var run = await server.RunAsync("backup", Target);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("[BackupUnusable]");
        Directory.GetFiles(_directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_BrokenOff_IsUnreachableAndLeavesNothing()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/backup", async context =>
        {
            await context.Response.Body.WriteAsync(new byte[1 << 16]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));

        var run = await server.RunAsync("backup", Target);

        run.ExitCode.ShouldBe(ExitCodes.ServerUnreachable);
        Directory.GetFiles(_directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_OverAFileThatIsThere_IsRefused()
    {
        await using var server = await StubServer.StartAsync(_ => { });
        await File.WriteAllTextAsync(Target, "mine", Token);

        (await server.RunAsync("backup", Target)).ExitCode.ShouldBe(ExitCodes.Refused);

        server.Requests.ShouldBeEmpty();
        (await File.ReadAllTextAsync(Target, Token)).ShouldBe("mine");
    }

    [Fact]
    public async Task Backup_IntoADirectoryThatIsNotThere_SaysSo()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/backup", () => Results.Bytes(Make(Contents), "application/x-tar")));

        (await server.RunAsync("backup", Path.Combine(_directory, "none/house.tar"))).Error.ShouldContain("could not be written");
    }

    private static byte[] Make(BackupContents? contents)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "database") { DataStream = new MemoryStream("data"u8.ToArray()) });
            if (contents is not null)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "contents.json") { DataStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(contents, JsonSerializerOptions.Web)) });
        }

        return bytes.ToArray();
    }
}
