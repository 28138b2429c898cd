using System.Diagnostics;
using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Volumes;

namespace Mayfly.Packages.Tests;

/// <summary>Volumes, with the real qemu-img and mke2fs.</summary>
public sealed class VolumeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeMachineHost _machines = new();
    private readonly ManualTime _time = new();
    private readonly VolumeStore _store;
    private readonly IVolumeLibrary _library;

    public VolumeTests() => (_store, _library) = Make(Path.Combine(_directory.Root, "data"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Volume => _store.FileOf("vol1");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Create_Empty_HasTheFoldersOfRoot()
    {
        (await _library.CreateAsync("vol1", 128, Token)).Fault.ShouldBeNull();

        var read = (await _library.ReadAsync("vol1", Token)).Value;
        read.SizeMib.ShouldBe(128);
        read.Snapshots.ShouldBeEmpty();
        read.Bytes.ShouldBeLessThan(16 << 20);
        File.GetUnixFileMode(Volume).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Squash.Shell($"qemu-img convert -O raw '{Volume}' '{PathOf("raw")}' && e2fsck -fn '{PathOf("raw")}' 2>&1").ShouldContain("mayfly");
        var listing = Squash.Shell($"debugfs -R 'ls -l /' '{PathOf("raw")}' 2>/dev/null");
        foreach (var folder in (string[])["usr", "usr.work", "opt", "opt.work", "etc", "etc.work", "home"])
            listing.Split('\n').ShouldContain(line => line.Contains("40755", StringComparison.Ordinal) && line.TrimEnd().EndsWith($" {folder}", StringComparison.Ordinal), listing);
        Left().ShouldBe(["vol1"]);
    }

    [Theory]
    [InlineData("qemu-img rebase -u -f qcow2 -F raw -b /etc/passwd '{0}'")]
    [InlineData("printf '\\004' | dd of='{0}' bs=1 seek=79 conv=notrunc 2>/dev/null")]
    public async Task AnyWork_VolumeThatNamesAnotherFile_IsRefused(string tampering)
    {
        (await _library.CreateAsync("vol1", 128, Token)).Fault.ShouldBeNull();
        Squash.Shell(string.Format(CultureInfo.InvariantCulture, tampering, Volume));

        (await _library.ReadAsync("vol1", Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeUnusable);
        (await _library.ExportAsync("vol1", Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeUnusable);
        (await _library.SnapshotAsync("vol1", 3, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeUnusable);
    }

    [Theory]
    [InlineData("vol1", 63)]
    [InlineData("vol1", 1_048_577)]
    [InlineData("../x", 64)]
    public async Task Create_BadRequest_IsRefused(string id, int sizeMib)
    {
        (await _library.CreateAsync(id, sizeMib, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_IdThatIsThere_IsRefused()
    {
        (await _library.CreateAsync("vol1", 64, Token)).Fault.ShouldBeNull();
        (await _library.CreateAsync("vol1", 64, Token)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
    }

    [Fact]
    public async Task Create_Terabyte_TakesLittle()
    {
        (await _library.CreateAsync("vol1", 1_048_576, Token)).Fault.ShouldBeNull();
        (await _library.ReadAsync("vol1", Token)).Value.Bytes.ShouldBeLessThan(512L << 20);
    }

    [Fact]
    public async Task Create_OnAFullDisk_SaysSoAndLeavesNothing()
    {
        var (disk, lack) = SmallDisk.TryMake(8);
        Assert.SkipWhen(disk is null, lack);
        using (disk)
        {
            var (store, library) = Make(Path.Combine(disk!.Root, "data"));
            disk.FillUpTo(300_000);

            (await library.CreateAsync("vol1", 1024, Token)).Fault.ShouldNotBeNull().Code.ShouldBe(ErrorCode.HostDiskLow);
            Directory.GetFileSystemEntries(store.Root).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Grow_Larger_KeepsWhatIsThere()
    {
        await CreateAsync();
        Write("before");

        (await _library.GrowAsync("vol1", 256, Token)).Fault.ShouldBeNull();

        (await _library.ReadAsync("vol1", Token)).Value.SizeMib.ShouldBe(256);
        Content().ShouldBe("before");
        (await _library.GrowAsync("vol1", 255, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await _library.GrowAsync("vol1", 256, Token)).Fault.ShouldBeNull();
        (await _library.GrowAsync("none", 256, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Snapshot_More_KeepsTheNewest()
    {
        await CreateAsync();
        var taken = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            taken.Add((await _library.SnapshotAsync("vol1", 3, Token)).Value.Id);
            // The clock may stand still, or go back: names sort all the same.
            if (number == 1)
                _time.Advance(TimeSpan.FromHours(1));
        }

        taken.ShouldBe([.. taken.Order(StringComparer.Ordinal).Distinct()]);
        (await _library.ReadAsync("vol1", Token)).Value.Snapshots.Select(snapshot => snapshot.Id).ShouldBe(taken.AsEnumerable().Reverse().Take(3));
        (await _library.SnapshotAsync("vol1", 0, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Restore_OlderSnapshot_GoesBackAndCanComeAgain()
    {
        await CreateAsync();
        Write("first");
        var first = (await _library.SnapshotAsync("vol1", 5, Token)).Value;
        (await _library.GrowAsync("vol1", 256, Token)).Fault.ShouldBeNull();
        Write("later");

        (await _library.RestoreAsync("vol1", first.Id, Token)).Fault.ShouldBeNull();

        Content().ShouldBe("first");
        var read = (await _library.ReadAsync("vol1", Token)).Value;
        read.SizeMib.ShouldBe(256);
        read.Snapshots.Count.ShouldBe(2);
        (await _library.RestoreAsync("vol1", read.Snapshots[0].Id, Token)).Fault.ShouldBeNull();
        Content().ShouldBe("later");
        (await _library.RestoreAsync("vol1", "19990101T000000000Z", Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await _library.RestoreAsync("vol1", "--help", Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Export_AndImport_GiveTheSameWithoutSnapshots()
    {
        await CreateAsync();
        Write("content");
        (await _library.SnapshotAsync("vol1", 5, Token)).Fault.ShouldBeNull();

        await using (var exported = (await _library.ExportAsync("vol1", Token)).Value)
        await using (var file = File.Create(PathOf("exported")))
        {
            Left().ShouldBe(["vol1"]);
            await exported.CopyToAsync(file, Token);
        }

        var imported = (await _library.ImportAsync("vol2", PathOf("exported"), 1024, Token)).Value;
        imported.SizeMib.ShouldBe(128);
        imported.Snapshots.ShouldBeEmpty();
        Content("vol2").ShouldBe("content");
        Left().ShouldBe(["vol1", "vol2"]);
    }

    [Fact]
    public async Task Import_SnapshotsOfOthers_AreLeftBehind()
    {
        await CreateAsync();
        Squash.Shell($"cp '{Volume}' '{PathOf("a")}' && qemu-img snapshot -c '../../odd name' '{PathOf("a")}'");

        (await _library.ImportAsync("vol2", PathOf("a"), 1024, Token)).Value.Snapshots.ShouldBeEmpty();
        Squash.Shell($"qemu-img snapshot -l '{_store.FileOf("vol2")}'").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("qemu-img create -q -f qcow2 FILE 128M", ErrorCode.VolumeUnusable)] // no file system
    [InlineData("qemu-img create -q -f raw FILE 128M", ErrorCode.ImageFormatUnsupported)]
    [InlineData("qemu-img create -q -f qcow2 FILE 2G", ErrorCode.VolumeUnusable)] // too large
    [InlineData("qemu-img create -q -f qcow2 FILE 32M", ErrorCode.VolumeUnusable)]
    [InlineData("qemu-img create -q -u -f qcow2 -F raw -b /etc/shadow FILE 128M", ErrorCode.ImageHasExternalReference)]
    [InlineData("qemu-img create -q -f qcow2 -o data_file=FILE.data FILE 128M", ErrorCode.ImageHasExternalReference)]
    // It measures how fast it makes keys, and gives up on a host that is too busy for that.
    [InlineData("for i in 1 2 3 4 5; do qemu-img create -q --object secret,id=s,data=x -f qcow2 -o encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10 FILE 128M && exit; done; exit 1", ErrorCode.ImageFormatUnsupported)]
    [InlineData("qemu-img create -q -f qcow2 FILE 128M; truncate -s 70000 FILE", ErrorCode.ImageFormatUnsupported)]
    [InlineData("mkfifo FILE", ErrorCode.VolumeUnusable)]
    [InlineData("true", ErrorCode.VolumeUnusable)]
    public async Task Import_BadFile_IsRefused(string command, ErrorCode code)
    {
        Squash.Shell(command.Replace("FILE", PathOf("file"), StringComparison.Ordinal));

        var fault = (await _library.ImportAsync("vol1", PathOf("file"), 1024, Token)).Fault.ShouldNotBeNull();

        fault.Code.ShouldBe(code, fault.ToString());
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_WhileQemuHasIt_IsRefusedButReading()
    {
        await CreateAsync();
        var snapshot = (await _library.SnapshotAsync("vol1", 3, Token)).Value;
        using (var qemu = Process.Start(new ProcessStartInfo("qemu-io", ["-f", "qcow2", Volume]) { RedirectStandardInput = true, RedirectStandardOutput = true })!)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(ImageLock.IsHeld(Volume)), "QEMU has locked the volume", 60);

            (await _library.ReadAsync("vol1", Token)).Value.Snapshots.Count.ShouldBe(1);
            (await _library.GrowAsync("vol1", 256, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
            (await _library.SnapshotAsync("vol1", 3, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
            (await _library.RestoreAsync("vol1", snapshot.Id, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
            (await _library.ExportAsync("vol1", Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
            (await _library.RemoveAsync("vol1", Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);

            await qemu.StandardInput.WriteLineAsync("quit");
            await qemu.WaitForExitAsync(Token);
        }

        (await _library.SnapshotAsync("vol1", 3, Token)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Remove_WhileAMachineHasIt_IsRefused()
    {
        await CreateAsync();
        await _machines.ProvisionAsync(new ProvisionRequest("m", "m", new ImageVersion("i", "v")), null, Token);
        await _machines.AttachAsync("m", new Attachments([], new VolumeAttachment("vol1", VolumeKind.Profile)), Token);

        (await _library.RemoveAsync("vol1", Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        (await _library.SnapshotAsync("vol1", 3, Token)).Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);

        await _machines.AttachAsync("m", Attachments.None, Token);
        (await _library.RemoveAsync("vol1", Token)).Fault.ShouldBeNull();
        (await _library.RemoveAsync("vol1", Token)).Fault.ShouldBeNull();
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task RemoveLeftovers_AfterAKill_KeepsWholeVolumesAlone()
    {
        await CreateAsync();
        Directory.CreateDirectory(Path.Combine(_store.Root, ".making-12345678"));
        Directory.CreateDirectory(Path.Combine(_store.Root, "vol2"));

        _store.RemoveLeftovers();

        Left().ShouldBe(["vol1"]);
    }

    private (VolumeStore Store, IVolumeLibrary Library) Make(string root)
    {
        var tools = new ToolRunner();
        var store = new VolumeStore(new DataDirectory(root));
        store.RemoveLeftovers();
        var images = new QemuImages(tools);
        return (store, new VolumeLibrary(store, new VolumeMaker(images, tools), new VolumeImporter(store, images, new Qcow2Inspector(tools)), images, new VolumeUse(store, _machines), _time));
    }

    private async Task CreateAsync() => (await _library.CreateAsync("vol1", 128, Token)).Fault.ShouldBeNull();

    private IEnumerable<string?> Left() => Directory.GetFileSystemEntries(_store.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    /// <summary>Words are put where the file system has nothing, each repeated over a sector.</summary>
    private void Write(string word) =>
        Squash.Shell($"printf '%-16s' '{word}' >'{PathOf("word")}' && qemu-io -f qcow2 -c 'write -s {PathOf("word")} 100M 512' '{Volume}'");

    private string Content(string id = "vol1")
    {
        Squash.Shell($"qemu-img dd -f qcow2 -O raw bs=1M skip=100 count=101 'if={_store.FileOf(id)}' 'of={PathOf("part")}'");
        using var part = File.OpenRead(PathOf("part"));
        var word = new byte[16];
        part.ReadExactly(word);
        return System.Text.Encoding.ASCII.GetString(word).TrimEnd();
    }

    private string PathOf(string name) => Path.Combine(_directory.Root, name);
}
