using Mayfly.Engine.Images;

namespace Mayfly.Images.Tests;

public sealed class BuildCommandTests
{
    [Fact]
    public void Arguments_Initramfs_UnpackOnly() => Command("micro").Arguments().ShouldBe(
    [
        "--variant=extract",
        "--include=linux-image-cloud-amd64,busybox-static,e2fsprogs,kmod,liblzma5,base-files,libc6",
        "--components=main",
        "--aptopt=APT::Install-Recommends \"false\"",
        "--skip=cleanup",
        "--format=null",
        "--extract-hook=mkdir -p \"$1/tmp/mayfly/common\" \"$1/tmp/mayfly/recipe\"",
        "--extract-hook=sync-in '/recipes of it'\\''s owner/common' /tmp/mayfly/common",
        "--extract-hook=sync-in '/recipes of it'\\''s owner/micro' /tmp/mayfly/recipe",
        "--extract-hook=upload '/agent' /tmp/mayfly/agent",
        "--extract-hook=sh \"$1/tmp/mayfly/common/assemble\" \"$1\"",
        "--extract-hook=download /tmp/mayfly/vmlinuz '/out/vmlinuz'",
        "--extract-hook=download /tmp/mayfly/initrd '/out/initrd'",
        "trixie",
        "/dev/null",
        "deb http://mirror.test/debian/ trixie main",
    ]);

    [Fact]
    public void Arguments_Disk_InstallAndCustomize()
    {
        var arguments = Command("xfce").Arguments();

        arguments.ShouldContain("--variant=minbase");
        arguments.ShouldContain("--dpkgopt=path-exclude=/usr/share/man/*");
        arguments.ShouldContain(argument => argument.StartsWith("--include=linux-image-amd64,", StringComparison.Ordinal) && argument.Contains(",firefox-esr,"));
        arguments.ShouldContain("--customize-hook=sh \"$1/tmp/mayfly/common/assemble\" \"$1\"");
    }

    [Fact]
    public void ToTool_Disk_IsDescriptorNineOfTheWholeCommand()
    {
        var tool = Command("micro").ToTool(_ => { });

        tool.Program.ShouldBe("sh");
        tool.Arguments.Take(4).ShouldBe(["-c", "exec 9<>\"$0\" && exec \"$@\"", "/out/disk.raw", "mmdebstrap"]);
        tool.Environment["MAYFLY_KIND"].ShouldBe("initramfs");
        tool.Environment["MAYFLY_MODULES"].ShouldBe("virtio_blk virtio_net virtio_input evdev virtio_scsi sd_mod squashfs overlay");
        tool.Environment["MAYFLY_DISK_MIB"].ShouldBe("64");
        tool.Environment["TMPDIR"].ShouldBe("/work area");
    }

    private static BuildCommand Command(string recipe) => new(
        RecipeReader.Read(Checkout.Recipes, recipe).Value with { Directory = $"/recipes of it's owner/{recipe}" },
        "/agent",
        ["deb http://mirror.test/debian/ trixie main"],
        "/out",
        "/work area");
}
