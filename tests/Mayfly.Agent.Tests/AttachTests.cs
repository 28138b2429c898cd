using Mayfly.Agent.Attaching;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Tests;

public sealed class AttachTests
{
    private static readonly string[] Mounts =
    [
        "22 1 254:0 / / rw,noatime shared:1 - ext4 /dev/vda rw",
        "40 22 0:40 / /usr rw,nodev,noatime shared:9 - overlay mayfly rw,lowerdir+=/a,upperdir=/run/mayfly/volume/usr,workdir=/run/mayfly/volume/usr.work",
        "41 40 8:16 / /usr/local rw - ext4 /dev/sdb rw",
        "42 41 8:32 / /usr/local/deep rw - ext4 /dev/sdc rw",
        "43 22 7:1 / /with\\040space\\134 rw - tmpfs tmpfs rw",
        "nonsense",
    ];

    [Fact]
    public void At_TwoMountsOnAPath_IsTheTopmost()
    {
        var table = MountTable.Parse([.. Mounts, "50 40 0:50 / /usr rw - overlay mayfly rw"]);
        table.At("/usr")!.Device.ShouldBe("0:50");
        table.At("/us").ShouldBeNull();
    }

    [Fact]
    public void Parse_Options_AreThoseOfTheFileSystem() =>
        MountTable.Parse(Mounts).At("/usr")!.Options.ShouldContain("upperdir=/run/mayfly/volume/usr");

    [Fact]
    public void Parse_EscapedName_IsThePath() => MountTable.Parse(Mounts).At("/with space\\")!.Type.ShouldBe("tmpfs");

    [Fact]
    public void Below_MountsInEachOther_AreTheOuterOnes() => MountTable.Parse(Mounts).Below("/usr").ShouldBe(["/usr/local"]);

    [Fact]
    public void BySerial_OneWithoutASerialNumber_FindsTheOther()
    {
        var sysfs = Directory.CreateTempSubdirectory("mayfly-sysfs-").FullName;
        Directory.CreateDirectory($"{sysfs}/sda/device");
        File.WriteAllBytes($"{sysfs}/sda/device/vpd_pg80", [0, 0x80, 0, 4, .. "pkg1"u8]);
        Directory.CreateDirectory($"{sysfs}/sdb/device");
        File.WriteAllBytes($"{sysfs}/sdb/device/vpd_pg80", [0, 0x80]);
        Directory.CreateDirectory($"{sysfs}/vda");
        Disk.BySerial(sysfs).ShouldBe(new Dictionary<string, Disk> { ["pkg1"] = new("sda") });
        Directory.Delete(sysfs, recursive: true);
    }

    [Theory]
    [InlineData("a", "Name", "a.desktop", true)]
    [InlineData("../a", "Name", "a.desktop", false)]
    [InlineData("..", "Name", "a.desktop", false)]
    [InlineData("", "Name", "a.desktop", false)]
    [InlineData("a", "Name\nExec=/bin/sh", "a.desktop", false)]
    [InlineData("a", "Name", "../../etc/a.desktop", false)]
    [InlineData("a", "Name", "a.desktop\nb", false)]
    [InlineData("a", null, null, false)]
    public void IsProper_Launcher_IsPlainOrRefused(string id, string? name, string? entry, bool good) =>
        LauncherEntry.IsProper(new Launcher(id, name!, entry!)).ShouldBe(good);

    [Fact]
    public void Text_Launcher_StartsTheImagesOwnProgram() =>
        LauncherEntry.Text(new Launcher("app", "An \\ app", "app.desktop"), "/usr/lib/mayfly/launch").ShouldContain("Name=An \\\\ app\nIcon=system-software-install\nExec=/usr/lib/mayfly/launch app\n");

    [Theory]
    [InlineData("pkg1", 30, true)]
    [InlineData("../x", 30, false)]
    [InlineData("", 30, false)]
    [InlineData(null, 30, false)]
    [InlineData("pkg1", 0, false)]
    [InlineData("pkg1", 601, false)]
    [InlineData("0123456789012345678901234567890123456", 30, false)]
    public void Objection_Attach_IsNoneOrSaid(string? serial, int seconds, bool good) =>
        (AttachCheck.Objection(new AttachRequest([new PackageDisk(serial!)], null, seconds)) is null).ShouldBe(good);

    [Fact]
    public void Objection_DiskNamedTwice_IsSaid() =>
        AttachCheck.Objection(new AttachRequest([new PackageDisk("a")], new VolumeDisk("a", true, true))).ShouldNotBeNull();

    [Fact]
    public void Objection_TooManyPackages_IsSaid() =>
        AttachCheck.Objection(new AttachRequest([.. Enumerable.Range(0, 65).Select(number => new PackageDisk($"p{number}"))], null)).ShouldNotBeNull();

    [Fact]
    public void TreeCopy_FolderWithLinksAndRights_IsTheSame()
    {
        var folder = Directory.CreateTempSubdirectory("mayfly-copy-").FullName;
        Directory.CreateDirectory($"{folder}/home/deep");
        File.WriteAllText($"{folder}/home/deep/file", "text");
        File.SetUnixFileMode($"{folder}/home/deep/file", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink($"{folder}/home/link", "/nowhere");
        TreeCopy.Run($"{folder}/home", $"{folder}/copy");
        File.ReadAllText($"{folder}/copy/deep/file").ShouldBe("text");
        File.GetUnixFileMode($"{folder}/copy/deep/file").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserExecute);
        new FileInfo($"{folder}/copy/link").LinkTarget.ShouldBe("/nowhere");
        Directory.Delete(folder, recursive: true);
    }
}
