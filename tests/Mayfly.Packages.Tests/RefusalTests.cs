using System.Formats.Tar;
using Mayfly.Contracts;

namespace Mayfly.Packages.Tests;

/// <summary>What does not become a package, and that nothing is left of the attempt.</summary>
public sealed class RefusalTests : PackageTest
{
    [Theory]
    [InlineData("/usr/bin/x", "is absolute")]
    [InlineData("usr/../etc/x", "'.' or '..'")]
    [InlineData("../usr/x", "'.' or '..'")]
    [InlineData("usr//x", "empty parts")]
    [InlineData("bin/x", "not below usr, opt or etc")]
    [InlineData("var/lib/x", "not below usr, opt or etc")]
    [InlineData("usr", "not a directory")]
    [InlineData("usr/line\nbreak", "control characters")]
    public async Task Import_BadName_IsRefused(string name, string why)
    {
        using (var archive = NewArchive())
            archive.File(name, "x");

        await ShouldRefuseAsync(PathOf("archive.tar"), why);
    }

    [Fact]
    public async Task Import_LongName_IsRefused()
    {
        using (var archive = NewArchive())
            archive.File("usr/" + new string('x', 256), "x");
        await ShouldRefuseAsync(PathOf("archive.tar"), "too long");

        using (var archive = NewArchive())
            archive.File("usr/" + string.Join('/', Enumerable.Repeat("folder", 200)), "x");
        await ShouldRefuseAsync(PathOf("archive.tar"), "too long");
    }

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("..//../../x")]
    [InlineData("a/../../../x")]
    public async Task Import_LinkAboveTheRoot_IsRefused(string target)
    {
        using (var archive = NewArchive())
            archive.Link("usr/link", target);

        await ShouldRefuseAsync(PathOf("archive.tar"), "above the root");
    }

    [Fact]
    public async Task Import_LinksThatStayInside_AreTaken()
    {
        using (var archive = NewArchive())
            archive.Link("usr/bin/a", "/opt/x/a").Link("usr/bin/b", "../../opt/x/b").Link("etc/alternatives/c", "/../../usr/bin/c").Link("usr/self", ".");

        (await House.ImportAsync(PathOf("archive.tar"))).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Import_Devices_AreRefused()
    {
        using (var archive = NewArchive())
            archive.Device("usr/null", 1, 3);
        await ShouldRefuseAsync(PathOf("archive.tar"), "is a device");

        using (var archive = NewArchive())
            archive.Device("usr/disk", 0, 0, TarEntryType.BlockDevice);
        await ShouldRefuseAsync(PathOf("archive.tar"), "is a device");

        using (var archive = NewArchive())
            archive.Pipe("usr/pipe");
        await ShouldRefuseAsync(PathOf("archive.tar"), "is a pipe");
    }

    [Fact]
    public async Task Import_HardLinkToNothingBefore_IsRefused()
    {
        using (var archive = NewArchive())
            archive.HardLink("usr/b", "usr/a").File("usr/a", "x");
        await ShouldRefuseAsync(PathOf("archive.tar"), "no file before it");

        using (var archive = NewArchive())
            archive.HardLink("usr/b", "/etc/shadow");
        await ShouldRefuseAsync(PathOf("archive.tar"), "no file before it");

        using (var archive = NewArchive())
            archive.Link("usr/a", "/etc/shadow").HardLink("usr/b", "usr/a");
        await ShouldRefuseAsync(PathOf("archive.tar"), "no file before it");
    }

    [Fact]
    public async Task Import_NameTwice_IsRefused()
    {
        using (var archive = NewArchive())
            archive.File("usr/a", "x").Link("usr/a", "/etc");
        await ShouldRefuseAsync(PathOf("archive.tar"), "twice");

        using (var archive = NewArchive())
            archive.Link("usr/a", "/etc").File("usr/a/b", "x");
        await ShouldRefuseAsync(PathOf("archive.tar"), "not a directory");

        using (var archive = NewArchive())
            archive.File("usr/a/b", "x").File("usr/a", "x");
        await ShouldRefuseAsync(PathOf("archive.tar"), "tar2sqfs");
    }

    [Fact]
    public async Task Import_Privileges_AreRefusedByName()
    {
        using (var archive = NewArchive())
        {
            for (var number = 0; number < 12; number++)
                archive.File($"usr/bin/tool{number}", "x", (UnixFileMode)(number % 2 == 0 ? 0b100_111_101_101 : 0b010_111_101_101));
            archive.File("usr/bin/capable", "x", capability: [1, 0, 0, 2]);
        }

        await ShouldRefuseAsync(PathOf("archive.tar"), "usr/bin/tool9 and 3 more", ErrorCode.PackagePrivileged);
    }

    [Fact]
    public async Task Import_BeyondItsLimit_IsRefused()
    {
        using (var archive = NewArchive())
            archive.Bytes("usr/a", new byte[700 << 10]).Bytes("usr/b", new byte[700 << 10]);
        await ShouldRefuseAsync(PathOf("archive.tar"), "1 MiB that are allowed", rules: new PackageRules(MaximumMib: 1));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public async Task Import_BombOfZeros_IsRefusedByWhatItHolds(string program)
    {
        Squash.Shell($"truncate -s 200M '{PathOf("zeros")}' && tar -C '{PathOf("")}' --transform 's,^,usr/,' -cf - zeros | {program} -c -1 >'{PathOf("bomb")}' && rm '{PathOf("zeros")}'");

        await ShouldRefuseAsync(PathOf("bomb"), "MiB that are allowed", rules: new PackageRules(MaximumMib: 64));
    }

    [Fact]
    public async Task Import_HeaderOfGigabytes_IsNotHeldInMemory()
    {
        var path = PathOf("archive.tar");
        using (var archive = NewArchive())
            archive.File("usr/a", "x");
        // The first header is a pax one; its size becomes eight gigabytes less one.
        await using (var file = File.OpenWrite(path))
        {
            file.Position = 124;
            file.Write("77777777777"u8);
        }

        Mend(path);
        await ShouldRefuseAsync(path, "longer than 1 MiB");
    }

    [Theory]
    [InlineData("qcow2", "qcow2")]
    [InlineData("raw", "neither")]
    [InlineData("vmdk", "neither")]
    public async Task Import_DiskImage_IsRefused(string format, string why)
    {
        Squash.Shell($"qemu-img create -q -f {format} '{PathOf("disk")}' 1M");
        await ShouldRefuseAsync(PathOf("disk"), why);
    }

    [Fact]
    public async Task Import_DiskWithBackingFile_IsRefused()
    {
        Squash.Shell($"mkfifo '{PathOf("pipe")}' && qemu-img create -q -u -f qcow2 -F raw -b '{PathOf("pipe")}' '{PathOf("disk")}' 1M");
        await ShouldRefuseAsync(PathOf("disk"), "qcow2");
    }

    [Fact]
    public async Task Import_NoFile_IsRefused()
    {
        Squash.Shell($"mkfifo '{PathOf("pipe")}'");
        await File.WriteAllBytesAsync(PathOf("empty"), [], Token);

        await ShouldRefuseAsync(PathOf("missing"), "There is no file");
        await ShouldRefuseAsync(PathOf(""), "directory");
        await ShouldRefuseAsync(PathOf("pipe"), "not a regular file");
        await ShouldRefuseAsync("/dev/zero", "not a regular file");
        await ShouldRefuseAsync("relative.tar", "not an absolute path");
        await ShouldRefuseAsync(PathOf("empty"), "neither");
    }

    [Fact]
    public async Task Import_NothingInIt_IsRefused()
    {
        using (var archive = NewArchive())
            archive.Directory("usr").Directory("usr/bin");
        await ShouldRefuseAsync(PathOf("archive.tar"), "nothing in it");
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1100)]
    [InlineData(2048)]
    public async Task Import_TarCut_IsRefused(int bytes)
    {
        var path = Archive.Plain(PathOf("a.tar"));
        await using (var file = File.OpenWrite(path))
            file.SetLength(bytes);
        await ShouldRefuseAsync(path, "incomplete");
    }

    [Fact]
    public async Task Import_TarDamaged_IsRefused()
    {
        var path = Archive.Plain(PathOf("a.tar"));
        Bytes(path, 3, (byte)'!');
        await ShouldRefuseAsync(path, "checksum");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public async Task Import_CompressedCut_IsRefused(string program)
    {
        Squash.Shell($"head -c 300000 /dev/urandom >'{PathOf("noise")}' && tar -C '{PathOf("")}' --transform 's,^,usr/,' -cf - noise | {program} -c >'{PathOf("cut")}' && truncate -s 100000 '{PathOf("cut")}'");
        await ShouldRefuseAsync(PathOf("cut"), "can not become a package");
    }

    [Fact]
    public async Task Import_SquashfsCutOrDamaged_IsRefused()
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/usr' && head -c 300000 /dev/urandom >'{PathOf("tree")}/usr/noise' && mksquashfs '{PathOf("tree")}' '{PathOf("whole")}' -quiet -no-progress && cp '{PathOf("whole")}' '{PathOf("cut")}' && truncate -s 100000 '{PathOf("cut")}'");
        await ShouldRefuseAsync(PathOf("cut"), "incomplete");

        // The tables at its end.
        await using (var file = File.OpenWrite(PathOf("whole")))
        {
            file.Position = 300_000;
            file.Write(Enumerable.Repeat((byte)0xff, 200).ToArray());
        }

        await ShouldRefuseAsync(PathOf("whole"), "can not become a package");
        await File.WriteAllTextAsync(PathOf("head"), "hsqs", Token);
        await ShouldRefuseAsync(PathOf("head"), "incomplete");
    }

    [Fact]
    public async Task Import_SquashfsWithADevice_IsRefused()
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/usr' && mksquashfs '{PathOf("tree")}' '{PathOf("a")}' -quiet -no-progress -p 'usr/mem c 666 0 0 1 1'");
        await ShouldRefuseAsync(PathOf("a"), "is a device");
    }

    [Fact]
    public async Task Import_NameThatIsNotUtf8_IsRefused()
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/usr' && touch \"{PathOf("tree")}/usr/$(printf 'b\\377d')\" && tar -C '{PathOf("tree")}' -cf '{PathOf("a.tar")}' usr && mksquashfs '{PathOf("tree")}' '{PathOf("a.squashfs")}' -quiet -no-progress; rm -r '{PathOf("tree")}'");

        await ShouldRefuseAsync(PathOf("a.tar"), "not UTF-8");
        await ShouldRefuseAsync(PathOf("a.squashfs"), "not UTF-8");
    }

    [Theory]
    [InlineData("--format=gnu")]
    [InlineData("--format=pax")]
    public async Task Import_SparseFile_IsRefused(string format)
    {
        Squash.Shell($"mkdir -p '{PathOf("tree")}/usr' && truncate -s 10M '{PathOf("tree")}/usr/holes' && echo x >>'{PathOf("tree")}/usr/holes' && tar -C '{PathOf("tree")}' {format} --sparse -cf '{PathOf("a.tar")}' usr");
        await ShouldRefuseAsync(PathOf("a.tar"), "sparse");
    }

    private static void Bytes(string path, long position, byte value)
    {
        using var file = File.OpenWrite(path);
        file.Position = position;
        file.WriteByte(value);
    }

    /// <summary>Puts a right checksum into the first header.</summary>
    private static void Mend(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        var header = new byte[512];
        file.ReadExactly(header);
        header.AsSpan(148, 8).Fill((byte)' ');
        file.Position = 148;
        file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 "));
    }
}
