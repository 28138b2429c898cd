using Mayfly.Contracts;

namespace Mayfly.Packages.Tests;

/// <summary>What a guest has packed, alone and over a package.</summary>
public sealed class CaptureLayerTests : PackageTest
{
    [Fact]
    public async Task Capture_OfAGuest_KeepsWhiteoutsAndItsSystem()
    {
        using (var archive = NewArchive())
            archive.File("usr/bin/new", "x").Whiteout("usr/bin/old").Directory("usr/share/games", opaque: true);

        var package = (await House.CaptureAsync(PathOf("archive.tar"))).Value;

        package.Os.ShouldBe("debian-13");
        Squash.Read(House.FileOf("app2"), "usr/lib/extension-release.d/extension-release.app2").ShouldBe("ID=debian\nVERSION_ID=13\n");
        Squash.List(House.FileOf("app2")).ShouldContain(line => line.StartsWith('c') && line.EndsWith("usr/bin/old", StringComparison.Ordinal));
        Squash.Attributes(House.FileOf("app2"), "usr/share/games").ShouldContain("trusted.overlay.opaque=y");
        Squash.Attributes(House.FileOf("app2"), "usr/bin").ShouldBeEmpty();
    }

    [Fact]
    public async Task Capture_BehindItsEnd_IsNotRead()
    {
        using (var archive = NewArchive())
            archive.File("usr/a", "x");
        // A disk is longer than what is on it.
        await using (var file = File.OpenWrite(PathOf("archive.tar")))
            file.SetLength(64 << 20);

        (await House.CaptureAsync(PathOf("archive.tar"))).Value.Entries.ShouldBe(1);
    }

    [Fact]
    public async Task Capture_OfNothing_Fails()
    {
        using (var archive = NewArchive())
            archive.Directory("usr").Directory("etc").File("etc/hostname", "x").File("etc/ld.so.cache", "x");

        (await House.CaptureAsync(PathOf("archive.tar"))).Fault!.Code.ShouldBe(ErrorCode.CaptureFailed);
        House.Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Capture_AnswerThatIsNoArchive_IsRefused()
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/usr' && touch '{PathOf("tree")}/usr/x' && mksquashfs '{PathOf("tree")}' '{PathOf("a")}' -quiet -no-progress");

        // A file system is not taken from a guest, although an administrator may import one.
        (await House.CaptureAsync(PathOf("a"))).Fault!.Code.ShouldBe(ErrorCode.PackageInvalid);
        House.Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Capture_OverAPackage_StandsAlone()
    {
        using (var below = NewArchive("base.tar"))
        {
            below.Directory("usr").Directory("usr/share").File("usr/keep", "base").File("usr/change", "base").File("usr/delete", "base")
                .Directory("usr/emptied", mode: (UnixFileMode)0b111_000_000).File("usr/emptied/a", "base").File("usr/emptied/b", "base")
                .Directory("usr/removed").File("usr/removed/a", "base")
                .Directory("usr/merged", opaque: true, mode: (UnixFileMode)0b111_000_000).File("usr/merged/a", "base")
                .Directory("usr/replaced").File("usr/replaced/a", "base")
                .Whiteout("usr/gone").Whiteout("usr/back")
                .File("usr/first", "shared").HardLink("usr/second", "usr/first")
                .File("usr/share/applications/tool.desktop", "[Desktop Entry]\nType=Application\nName=Tool\n");
        }

        (await House.ImportAsync(PathOf("base.tar"))).Fault.ShouldBeNull();
        using (var above = NewArchive("upper.tar"))
        {
            above.Directory("usr").File("usr/change", "upper").Whiteout("usr/delete").Whiteout("usr/first")
                .Directory("usr/emptied", opaque: true).File("usr/emptied/b", "upper")
                .Whiteout("usr/removed").Directory("usr/merged").File("usr/merged/b", "upper").File("usr/replaced", "a file now").File("usr/back", "upper").File("usr/new", "upper");
        }

        var package = (await House.CaptureAsync(PathOf("upper.tar"), "app1")).Value;

        var file = House.FileOf("app2");
        Squash.Names(file).Where(name => !name.Contains("extension-release", StringComparison.Ordinal) && name != "usr/lib").ShouldBe(
        [
            "usr", "usr/back", "usr/change", "usr/delete", "usr/emptied", "usr/emptied/b", "usr/first", "usr/gone", "usr/keep", "usr/merged", "usr/merged/a", "usr/merged/b",
            "usr/new", "usr/removed", "usr/replaced", "usr/second", "usr/share", "usr/share/applications", "usr/share/applications/tool.desktop",
        ]);
        Squash.Read(file, "usr/change").ShouldBe("upper");
        Squash.Read(file, "usr/keep").ShouldBe("base");
        Squash.Read(file, "usr/back").ShouldBe("upper");
        Squash.Read(file, "usr/replaced").ShouldBe("a file now");
        Squash.Read(file, "usr/second").ShouldBe("shared");
        Squash.Attributes(file, "usr/emptied").ShouldContain("opaque=y");
        Squash.Attributes(file, "usr/merged").ShouldContain("opaque=y");
        Squash.List(file).Where(line => line.StartsWith('c')).Select(line => line.Split(' ')[^1]).Order(StringComparer.Ordinal)
            .ShouldBe(["usr/delete", "usr/first", "usr/gone", "usr/removed"]);
        Squash.List(file).ShouldContain(line => line.StartsWith("drwxr-xr-x", StringComparison.Ordinal) && line.EndsWith("usr/merged/", StringComparison.Ordinal));
        package.Programs.ShouldHaveSingleItem().Name.ShouldBe("Tool");
    }

    [Fact]
    public async Task Capture_OverAPackageOfNothingNew_Fails()
    {
        (await House.ImportAsync(Archive.Plain(PathOf("base.tar")))).Fault.ShouldBeNull();
        using (var archive = NewArchive())
            archive.Directory("usr");

        (await House.CaptureAsync(PathOf("archive.tar"), "app1")).Fault!.Code.ShouldBe(ErrorCode.CaptureFailed);
    }
}
