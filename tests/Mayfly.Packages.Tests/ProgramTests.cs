using Mayfly.Contracts;

namespace Mayfly.Packages.Tests;

/// <summary>Programs and their icons.</summary>
public sealed class ProgramTests : PackageTest
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];

    [Fact]
    public async Task Import_WithMenuEntries_TellsProgramsByName()
    {
        using (var archive = NewArchive())
        {
            archive.File("usr/share/applications/paint.desktop", Entry("Paint", "Icon=paint\nComment=Draws\nName[de]=Malen"))
                .File("usr/share/applications/calc.desktop", Entry("Calc") + "\n[Desktop Action new]\nName=New\nExec=calc --new\n")
                .File("usr/share/applications/hidden.desktop", Entry("Hidden", "NoDisplay=true"))
                .File("usr/share/applications/gone.desktop", Entry("Gone", "Hidden=true"))
                .File("usr/share/applications/link.desktop", "[Desktop Entry]\nType=Link\nName=Link\nURL=x\n")
                .File("usr/share/applications/broken.desktop", "[Desktop Entry]\nType=Application\nthis is no line of it\n")
                .File("usr/share/applications/huge.desktop", Entry("Huge", new string('#', 70_000)))
                .File("usr/share/doc/example.desktop", Entry("Example"))
                .File("opt/vendor/tool.desktop", Entry("Tool"))
                .File("opt/vendor/paint.desktop", Entry("Other paint"))
                .Link("usr/share/applications/vendor.desktop", "/opt/vendor/tool.desktop");
        }

        var programs = (await House.ImportAsync(PathOf("archive.tar"))).Value.Programs;

        programs.Select(program => (program.Id, program.Name, program.Comment)).ShouldBe(
            [("calc.desktop", "Calc", null), ("paint.desktop", "Paint", "Draws"), ("tool.desktop", "Tool", null), ("vendor.desktop", "Tool", null)]);
        programs.ShouldAllBe(program => !program.HasIcon);
    }

    [Theory]
    [InlineData("tool", "usr/share/icons/hicolor/48x48/apps/tool.png", true)]
    [InlineData("tool", "usr/share/icons/hicolor/256x256/apps/tool.png", true)]
    [InlineData("tool", "usr/share/icons/hicolor/16x16/apps/tool.png", true)]
    [InlineData("tool", "usr/share/pixmaps/tool.png", true)]
    [InlineData("tool.png", "usr/share/pixmaps/tool.png", true)]
    [InlineData("/opt/tool/logo.png", "opt/tool/logo.png", true)]
    [InlineData("/etc/../opt/tool/logo.png", "opt/tool/logo.png", false)]
    [InlineData("../../../../opt/tool/logo", "opt/tool/logo.png", false)]
    [InlineData("tool", "usr/share/icons/hicolor/48x48/apps/other.png", false)]
    public async Task Import_Icon_IsFoundWhereDesktopsLook(string icon, string place, bool found)
    {
        using (var archive = NewArchive())
            archive.File("usr/share/applications/tool.desktop", Entry("Tool", $"Icon={icon}")).Bytes(place, s_png);

        (await House.ImportAsync(PathOf("archive.tar"))).Value.Programs.ShouldHaveSingleItem().HasIcon.ShouldBe(found);

        if (found)
            House.Library.Icon("app1", "tool.desktop").Value.ShouldBe(s_png);
        else
            House.Library.Icon("app1", "tool.desktop").Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Import_IconsOfSeveralSizes_TakesTheNearest()
    {
        using (var archive = NewArchive())
        {
            archive.File("usr/share/applications/tool.desktop", Entry("Tool", "Icon=tool"));
            foreach (var size in (int[])[16, 32, 64, 256])
                archive.Bytes($"usr/share/icons/hicolor/{size}x{size}/apps/tool.png", [.. s_png, (byte)(size / 8)]);
        }

        (await House.ImportAsync(PathOf("archive.tar"))).Fault.ShouldBeNull();

        House.Library.Icon("app1", "tool.desktop").Value[^1].ShouldBe((byte)8);
    }

    [Fact]
    public async Task Import_IconTooLargeOrNoPicture_IsNone()
    {
        using (var archive = NewArchive())
        {
            archive.File("usr/share/applications/large.desktop", Entry("Large", "Icon=large")).Bytes("usr/share/pixmaps/large.png", [.. s_png, .. new byte[64 * 1024]])
                .File("usr/share/applications/script.desktop", Entry("Script", "Icon=script")).File("usr/share/pixmaps/script.png", "<svg/>")
                .File("usr/share/applications/link.desktop", Entry("Link", "Icon=link")).Link("usr/share/pixmaps/link.png", "/etc/shadow");
        }

        (await House.ImportAsync(PathOf("archive.tar"))).Value.Programs.ShouldAllBe(program => !program.HasIcon);

        House.Library.Icon("app1", "../../../etc/passwd").Fault!.Code.ShouldBe(ErrorCode.NotFound);
        House.Library.Icon("none", "large.desktop").Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    private static string Entry(string name, string more = "") => $"# A comment.\n[Desktop Entry]\nType=Application\nName={name}\nExec=x %U\nCategories=A;B;\n{more}\n";
}
