using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Tests.Attaching;

public sealed class AttachedDiskTests
{
    private static readonly DataDirectory Data = new("/data");

    [Fact]
    public void Of_TheDeviceOfAPackage_IsThatPackage()
    {
        var disk = AttachedDisk.OfPackage(Data, new string('a', 36));
        AttachedDisk.Of(disk.Device)!.Package.ShouldBe(new string('a', 36));
        // QEMU takes no longer name.
        disk.Node.Length.ShouldBeLessThan(32);
    }

    [Theory]
    [InlineData(VolumeKind.Apps)]
    [InlineData(VolumeKind.Profile)]
    [InlineData(VolumeKind.AppsAndProfile)]
    public void Of_TheDeviceOfAVolume_IsThatVolume(VolumeKind kind)
    {
        var volume = new VolumeAttachment("vol1", kind);
        AttachedDisk.Of(AttachedDisk.OfVolume(Data, volume).Device)!.Volume.ShouldBe(volume);
    }

    [Theory]
    [InlineData("net0")]
    [InlineData("attach")]
    [InlineData("package-a-b")]
    public void Of_AnotherDevice_IsNull(string device) => AttachedDisk.Of(device).ShouldBeNull();

    [Fact]
    public void ToNode_Package_IsReadOnlyAndUnlocked()
    {
        var node = AttachedDisk.OfPackage(Data, "p").ToNode(3);
        node["driver"]!.GetValue<string>().ShouldBe("raw");
        node["read-only"]!.GetValue<bool>().ShouldBeTrue();
        node["file"]!["locking"]!.GetValue<string>().ShouldBe("off");
        node["file"]!["filename"]!.GetValue<string>().ShouldBe("/dev/fdset/3");
    }

    [Fact]
    public void ToNode_Volume_IsLockedFlushedAndStandsOnNothing()
    {
        var node = AttachedDisk.OfVolume(Data, new VolumeAttachment("v", VolumeKind.Apps)).ToNode(3);
        node["driver"]!.GetValue<string>().ShouldBe("qcow2");
        node.ContainsKey("backing").ShouldBeTrue();
        node["backing"].ShouldBeNull();
        node["file"]!["locking"]!.GetValue<string>().ShouldBe("on");
        node["file"]!["cache"]!["no-flush"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void Of_Plugged_HasTheOrderThatIsKnownFirst() =>
        Attacher.Of([.. ((string[])["a", "b", "c"]).Select(id => AttachedDisk.OfPackage(Data, id))], ["c", "x", "b"]).Packages.ShouldBe(["c", "b", "a"]);

    [Theory]
    [InlineData("a1", true)]
    [InlineData("../a", false)]
    [InlineData("A", false)]
    [InlineData("", false)]
    public void IsProper_Id_NamesAFileOfItsOwn(string id, bool good) => AttachWish.IsProper(new Attachments([id], new VolumeAttachment(id, VolumeKind.Apps))).ShouldBe(good);
}
