using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Images.Tests;

public sealed class ImageStoreTests : IDisposable
{
    private static readonly string s_hash = new('a', 64);

    private readonly TestDirectory _directory = new();
    private readonly DataDirectory _data;
    private readonly ImageStore _store;

    public ImageStoreTests()
    {
        _data = new DataDirectory(_directory.Root);
        _store = new ImageStore(_data, NullLogger<ImageStore>.Instance);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task List_NoImages_IsEmpty() => (await _store.ListAsync(TestContext.Current.CancellationToken)).Images.ShouldBeEmpty();

    [Fact]
    public async Task Find_SeveralVersions_GivesTheNewest()
    {
        await CommitAsync("desk", "000000000001", day: 1);
        await CommitAsync("desk", "000000000003", day: 3);
        await CommitAsync("desk", "000000000002", day: 2);

        (await FindAsync("desk", null)).Value.Id.Version.ShouldBe("000000000003");
        (await FindAsync("desk", "000000000001")).Value.Id.Version.ShouldBe("000000000001");
        (await _store.ListAsync(TestContext.Current.CancellationToken)).Images.Select(image => image.Id.Version)
            .ShouldBe(["000000000003", "000000000002", "000000000001"]);
    }

    [Theory]
    [InlineData("missing", null)]
    [InlineData("desk", "00000000000f")]
    [InlineData("../images/desk", null)]
    [InlineData("desk", "../desk/000000000001")]
    public async Task Find_NotThere_IsNotFound(string name, string? version)
    {
        await CommitAsync("desk", "000000000001", day: 1);

        (await FindAsync(name, version)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not json at all")]
    [InlineData("""{"source":"recipe"}""")]
    public async Task List_ManifestNotReadable_LeavesItOutWithAFault(string json)
    {
        await CommitAsync("desk", "000000000001", day: 1);
        _directory.Write("images/desk/000000000002/image.json", json);

        await ShouldHoldOneAndOneFaultAsync();
    }

    [Theory]
    [InlineData("\"disk.raw\"", "\"../000000000001/disk.raw\"")]
    [InlineData("\"disk.raw\"", "\"/etc/shadow\"")]
    [InlineData("\"disk.raw\"", "\"missing.raw\"")]
    [InlineData("\"disk.raw\"", "null")]
    [InlineData("\"raw\"", "\"vmdk\"")]
    [InlineData("\"recipe\"", "\"somewhere\"")]
    [InlineData("\"memoryMib\": 128", "\"memoryMib\": -1")]
    [InlineData("\"videoMemoryMib\": 1", "\"videoMemoryMib\": 3")]
    [InlineData("\"quiet\"", "\"quiet\\ninit=/bin/sh\"")]
    [InlineData("\"virtualBytes\": 1048576", "\"virtualBytes\": 0")]
    [InlineData("\"layers\": []", "\"layers\": [\"../000000000001/disk.raw\"]")]
    [InlineData("\"layers\": []", "\"layers\": null")]
    public async Task List_ManifestHostile_LeavesItOutWithAFault(string good, string bad)
    {
        await CommitAsync("desk", "000000000001", day: 1);
        await CommitAsync("desk", "000000000002", day: 2);
        var manifest = _directory.PathOf("images/desk/000000000002/image.json");
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        text.ShouldContain(good);
        await File.WriteAllTextAsync(manifest, text.Replace(good, bad, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await ShouldHoldOneAndOneFaultAsync();
    }

    [Fact]
    public async Task List_DiskIsALink_LeavesItOut()
    {
        await CommitAsync("desk", "000000000001", day: 1);
        await CommitAsync("desk", "000000000002", day: 2);
        File.Delete(_directory.PathOf("images/desk/000000000002/disk.raw"));
        File.CreateSymbolicLink(_directory.PathOf("images/desk/000000000002/disk.raw"), "/etc/passwd");

        await ShouldHoldOneAndOneFaultAsync();
    }

    [Fact]
    public async Task Commit_VersionAlreadyThere_KeepsTheFirst()
    {
        var first = await CommitAsync("desk", "000000000001", day: 1);
        var second = await CommitAsync("desk", "000000000001", day: 2);

        second.Manifest.CreatedAt.ShouldBe(first.Manifest.CreatedAt);
        Directory.GetDirectories(_directory.PathOf("images/desk")).Length.ShouldBe(1);
    }

    [Fact]
    public void RemoveLeftovers_DeadAndLivingMakers_RemovesTheDeadOnly()
    {
        _directory.Write("images/desk/.making-dead0000/disk.raw", "half");
        _directory.Write("images/desk/.making-dead0001/.lock", "");
        using var living = _store.Stage("desk");

        _store.RemoveLeftovers().ShouldBe(2);

        Directory.GetDirectories(_directory.PathOf("images/desk")).ShouldBe([living.Directory]);
    }

    [Fact]
    public void Stage_Abandoned_LeavesNothing()
    {
        using (var staged = _store.Stage("desk"))
            File.WriteAllText(Path.Combine(staged.Directory, "disk.raw"), "half");

        Directory.GetFileSystemEntries(_directory.PathOf("images/desk")).ShouldBeEmpty();
    }

    private async Task ShouldHoldOneAndOneFaultAsync()
    {
        var catalog = await _store.ListAsync(TestContext.Current.CancellationToken);

        catalog.Images.ShouldHaveSingleItem().Id.Version.ShouldBe("000000000001");
        catalog.Faults.ShouldHaveSingleItem().Code.ShouldBe(ErrorCode.ImageFormatUnsupported);
        (await FindAsync("desk", null)).Value.Id.Version.ShouldBe("000000000001");
        (await FindAsync("desk", "000000000002")).Fault!.What.ShouldContain("desk@000000000002");
    }

    private Task<Outcome<GoldenImage>> FindAsync(string name, string? version) => _store.FindAsync(name, version, TestContext.Current.CancellationToken);

    private async Task<GoldenImage> CommitAsync(string name, string version, int day)
    {
        using var staged = _store.Stage(name);
        foreach (var file in (string[])["disk.raw", "vmlinuz", "initrd"])
            await File.WriteAllTextAsync(Path.Combine(staged.Directory, file), file, TestContext.Current.CancellationToken);
        var manifest = new ImageManifest
        {
            Source = "recipe",
            CreatedAt = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero),
            Hardware = new ImageHardware(128, 1, 1),
            Disk = new ImageDisk("disk.raw", "raw", 1 << 20, s_hash),
            Boot = new ImageBoot("vmlinuz", "initrd", "quiet"),
            Settle = new SettleRequest(2, 5, 60),
        };
        return (await _store.CommitAsync(staged, new ImageVersion(name, version), manifest, TestContext.Current.CancellationToken)).Value;
    }
}
