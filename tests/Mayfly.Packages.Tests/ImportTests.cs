using Mayfly.Contracts;

namespace Mayfly.Packages.Tests;

/// <summary>What becomes of archives that are fine.</summary>
public sealed class ImportTests : PackageTest
{
    [Fact]
    public async Task Import_Tar_BecomesASquashfsOfTheSame()
    {
        var package = (await House.ImportAsync(Archive.Plain(PathOf("a.tar")))).Value;

        package.Entries.ShouldBe(6);
        package.ContentBytes.ShouldBe("hello".Length + "greeting=1".Length + "data".Length);
        package.Os.ShouldBeNull();
        package.PrivilegedFiles.ShouldBeEmpty();
        package.Bytes.ShouldBe(new FileInfo(House.FileOf()).Length);
        Squash.Names(House.FileOf()).ShouldBe(
        [
            "etc", "etc/extension-release.d", "etc/extension-release.d/extension-release.app1", "etc/hello.conf", "opt", "opt/hello", "opt/hello/data",
            "usr", "usr/bin", "usr/bin/hello", "usr/bin/hi", "usr/lib", "usr/lib/extension-release.d", "usr/lib/extension-release.d/extension-release.app1",
        ]);
        Squash.Read(House.FileOf(), "usr/bin/hello").ShouldBe("hello");
        Squash.List(House.FileOf()).ShouldContain(line => line.EndsWith("usr/bin/hi -> hello", StringComparison.Ordinal));
        Squash.List(House.FileOf()).ShouldContain(line => line.Contains("0/0", StringComparison.Ordinal) && line.Contains("2023-11-14", StringComparison.Ordinal) && line.EndsWith("usr/bin/hello", StringComparison.Ordinal));
        Squash.Shell($"unsquashfs -s '{House.FileOf()}'").ShouldContain("Compression lz4");
        Squash.Shell($"sha256sum '{House.FileOf()}'").ShouldStartWith(package.Sha256);
        House.Left.ShouldBe([Path.Combine(House.Data.Packages, "app1")]);
    }

    [Fact]
    public async Task Import_Twice_GivesTheSameBytes()
    {
        var path = Archive.Plain(PathOf("a.tar"));
        var first = (await House.ImportAsync(path)).Value.Sha256;
        (await House.Library.RemoveAsync("app1", Token)).Fault.ShouldBeNull();

        (await House.ImportAsync(path)).Value.Sha256.ShouldBe(first);
    }

    [Fact]
    public async Task Import_IdThatIsThere_IsRefused()
    {
        var path = Archive.Plain(PathOf("a.tar"));
        (await House.ImportAsync(path)).Fault.ShouldBeNull();

        (await House.ImportAsync(path)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await House.ImportAsync(path, id: "../x")).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        House.Left.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("gzip -k")]
    [InlineData("xz -k")]
    [InlineData("zstd -q")]
    public async Task Import_Compressed_IsTheSame(string program)
    {
        var path = Archive.Plain(PathOf("a.tar"));
        var plain = (await House.ImportAsync(path)).Value.Sha256;
        Squash.Shell($"{program} '{path}' && mv '{path}'.* '{PathOf("odd-name.deb")}'");
        (await House.Library.RemoveAsync("app1", Token)).Fault.ShouldBeNull();

        (await House.ImportAsync(PathOf("odd-name.deb"))).Value.Sha256.ShouldBe(plain);
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("ustar")]
    [InlineData("v7")]
    [InlineData("pax")]
    public async Task Import_TarOfGnu_IsReadInAllItsFormats(string format)
    {
        var name = format is "v7" ? "short" : string.Join('/', Enumerable.Repeat("quite-a-long-folder-name", 5));
        Squash.Shell($"mkdir -p '{PathOf("tree")}/opt/{name}' && printf content >'{PathOf("tree")}/opt/{name}/file' && printf linked >'{PathOf("tree")}/opt/first' && ln '{PathOf("tree")}/opt/first' '{PathOf("tree")}/opt/linked' && tar -C '{PathOf("tree")}' --format={format} -cf '{PathOf("a.tar")}' .");
        // The oldest form has no mark to be known by.
        if (format is "v7")
        {
            await ShouldRefuseAsync(PathOf("a.tar"), "neither a squashfs nor a tar archive");
            return;
        }

        (await House.ImportAsync(PathOf("a.tar"))).Fault.ShouldBeNull();
        Squash.Read(House.FileOf(), $"opt/{name}/file").ShouldBe("content");
        Squash.Read(House.FileOf(), "opt/linked").ShouldBe("linked");
    }

    [Fact]
    public async Task Import_Squashfs_IsWrittenAnew()
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/usr/bin' && printf content >'{PathOf("tree")}/usr/bin/file' && ln '{PathOf("tree")}/usr/bin/file' '{PathOf("tree")}/usr/bin/again' && mksquashfs '{PathOf("tree")}' '{PathOf("a.squashfs")}' -quiet -no-progress -all-root -comp xz");

        var package = (await House.ImportAsync(PathOf("a.squashfs"))).Value;

        Squash.Read(House.FileOf(), "usr/bin/again").ShouldBe("content");
        Squash.Shell($"unsquashfs -s '{House.FileOf()}'").ShouldContain("Compression lz4");
        package.Entries.ShouldBe(4);
    }

    [Fact]
    public async Task Import_ExportedPackage_KeepsWhatItIsFor()
    {
        using (var archive = NewArchive())
            archive.File("usr/bin/x", "x").Whiteout("usr/bin/gone").Directory("usr/share/y", opaque: true);
        (await House.CaptureAsync(PathOf("archive.tar"))).Fault.ShouldBeNull();
        await using (var exported = House.Library.Open("app2").Value)
        await using (var file = File.Create(PathOf("exported.squashfs")))
            await exported.CopyToAsync(file, Token);

        var imported = (await House.ImportAsync(PathOf("exported.squashfs"))).Value;

        imported.Os.ShouldBe("debian-13");
        Squash.Read(House.FileOf(), "usr/lib/extension-release.d/extension-release.app1").ShouldBe("ID=debian\nVERSION_ID=13\n");
        Squash.Names(House.FileOf()).ShouldNotContain("usr/lib/extension-release.d/extension-release.app2");
        Squash.List(House.FileOf()).ShouldContain(line => line.StartsWith("c---------", StringComparison.Ordinal) || line.StartsWith("crw-r--r--", StringComparison.Ordinal));
        Squash.Attributes(House.FileOf(), "usr/share/y").ShouldContain("trusted.overlay.opaque=y");
    }

    [Fact]
    public async Task Import_WithoutSettings_HasNoFileForThem()
    {
        using (var archive = NewArchive())
            archive.File("opt/x/y", "z");

        (await House.ImportAsync(PathOf("archive.tar"))).Fault.ShouldBeNull();

        Squash.Names(House.FileOf()).ShouldNotContain("etc");
        Squash.Read(House.FileOf(), "usr/lib/extension-release.d/extension-release.app1").ShouldBe("ID=_any\n");
    }

    [Fact]
    public async Task Import_WhatBelongsToAMachine_IsLeftOut()
    {
        string[] left =
        [
            "etc/hostname", "etc/hosts", "etc/machine-id", "etc/resolv.conf", "etc/passwd", "etc/passwd-", "etc/shadow", "etc/gshadow-", "etc/fstab", "etc/mtab",
            "etc/ssh/ssh_host_ecdsa_key", "etc/ld.so.cache", "usr/share/icons/hicolor/icon-theme.cache", "usr/share/applications/mimeinfo.cache",
        ];
        using (var archive = NewArchive())
        {
            foreach (var name in left)
                archive.File(name, "secret");
            archive.File("etc/ssh/ssh_config", "x").File("etc/hosts.allow", "x").Whiteout("etc/machine-id.old");
        }

        var package = (await House.ImportAsync(PathOf("archive.tar"))).Value;

        package.Entries.ShouldBe(3);
        Squash.Names(House.FileOf()).Intersect(left).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_AllowedPrivileges_AreKeptAndTold()
    {
        byte[] capability = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using (var archive = NewArchive())
            archive.File("usr/bin/su", "x", (UnixFileMode)0b100_111_101_101).File("usr/bin/ping", "x", capability: capability).Directory("usr/share/of-a-group", mode: (UnixFileMode)0b010_111_101_101);

        var package = (await House.ImportAsync(PathOf("archive.tar"), new PackageRules(AllowPrivileged: true))).Value;

        package.PrivilegedFiles.ShouldBe(["usr/bin/su", "usr/bin/ping"]);
        Squash.List(House.FileOf()).ShouldContain(line => line.StartsWith("-rwsr-xr-x", StringComparison.Ordinal));
        Squash.Attributes(House.FileOf(), "usr/bin/ping").ShouldContain("security.capability");

        // And once more through sqfs2tar, whose form of attributes is another.
        var again = (await House.ImportAsync(House.FileOf(), new PackageRules(AllowPrivileged: true), "app3")).Value;
        again.PrivilegedFiles.Order().ShouldBe(["usr/bin/ping", "usr/bin/su"]);
        Squash.Attributes(House.FileOf("app3"), "usr/bin/ping").ShouldBe(Squash.Attributes(House.FileOf(), "usr/bin/ping"));
    }

    [Fact]
    public async Task Import_OtherAttributes_AreLeftOut()
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/opt' && printf x >'{PathOf("tree")}/opt/x' && setfattr -n user.note -v hidden '{PathOf("tree")}/opt/x' && tar -C '{PathOf("tree")}' --xattrs --format=pax -cf '{PathOf("a.tar")}' opt");

        (await House.ImportAsync(PathOf("a.tar"))).Fault.ShouldBeNull();

        Squash.Attributes(House.FileOf(), "opt/x").ShouldBeEmpty();
    }
}
